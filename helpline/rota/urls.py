"""The rota's pages, below /desk/rota/."""

from django.urls import path

from helpline.rota.views import absences, gaps, my_rota, patterns, shifts, swaps, week

urlpatterns = [
    path("", week.week_view, name="rota-week"),
    path("copy/", week.copy_week_view, name="rota-copy"),
    path("make/", week.make_shifts_view, name="rota-make"),
    path("publish/", week.publish_week_view, name="rota-publish"),
    path("shifts/add/", shifts.add_shift_view, name="rota-shift-add"),
    path("shifts/<int:shift_id>/", shifts.shift_view, name="rota-shift"),
    path("shifts/<int:shift_id>/remove/", shifts.remove_shift_view, name="rota-shift-remove"),
    path("patterns/", patterns.patterns_view, name="rota-patterns"),
    path("patterns/<int:pattern_id>/end/", patterns.end_pattern_view, name="rota-pattern-end"),
    path("minimum/", patterns.minimum_cover_view, name="rota-minimum"),
    path("minimum/<int:minimum_id>/remove/", patterns.remove_minimum_cover_view, name="rota-minimum-remove"),
    path("gaps/", gaps.gaps_view, name="rota-gaps"),
    path("gaps/fill/", gaps.fill_gap_view, name="rota-gap"),
    path("swaps/", swaps.swaps_view, name="rota-swaps"),
    path("swaps/<int:offer_id>/approve/", swaps.approve_swap_view, name="rota-swap-approve"),
    path("swaps/<int:offer_id>/refuse/", swaps.refuse_swap_view, name="rota-swap-refuse"),
    path("swaps/<int:offer_id>/end/", swaps.end_cover_view, name="rota-cover-end"),
    path("absences/", absences.absences_view, name="rota-absences"),
    path("absences/add/", absences.add_absence_view, name="rota-absence-add"),
    path("absences/<int:absence_id>/remove/", absences.remove_absence_view, name="rota-absence-remove"),
    path("mine/", my_rota.my_rota_view, name="rota-mine"),
    path("mine/shifts/<int:shift_id>/swap/", my_rota.ask_swap_view, name="rota-swap-ask"),
    path("mine/shifts/<int:shift_id>/cover/", my_rota.offer_cover_view, name="rota-cover-offer"),
    path("mine/offers/<int:offer_id>/withdraw/", my_rota.withdraw_offer_view, name="rota-offer-withdraw"),
    path("mine/offers/<int:offer_id>/accept/", my_rota.accept_swap_view, name="rota-swap-accept"),
    path("mine/offers/<int:offer_id>/decline/", my_rota.decline_swap_view, name="rota-swap-decline"),
    path("mine/offers/<int:offer_id>/unaccept/", my_rota.unaccept_swap_view, name="rota-swap-unaccept"),
    path("mine/offers/<int:offer_id>/take/", my_rota.take_cover_view, name="rota-cover-take"),
    path("mine/calendar/", my_rota.reset_feed_view, name="rota-feed-reset"),
    path("mine/calendar/end/", my_rota.end_feed_view, name="rota-feed-end"),
]
