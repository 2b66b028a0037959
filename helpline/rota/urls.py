"""The rota's pages, below /desk/rota/."""

from django.urls import path

from helpline.rota.views import absences, gaps, mine, patterns, shifts, swaps, week

urlpatterns = [
    path("", week.week, name="rota-week"),
    path("copy/", week.copy, name="rota-copy"),
    path("make/", week.make, name="rota-make"),
    path("publish/", week.publish, name="rota-publish"),
    path("shifts/add/", shifts.add, name="rota-shift-add"),
    path("shifts/<int:shift_id>/", shifts.shift, name="rota-shift"),
    path("shifts/<int:shift_id>/remove/", shifts.remove, name="rota-shift-remove"),
    path("patterns/", patterns.patterns, name="rota-patterns"),
    path("patterns/<int:pattern_id>/end/", patterns.pattern_end, name="rota-pattern-end"),
    path("minimum/", patterns.minimum, name="rota-minimum"),
    path("minimum/<int:minimum_id>/remove/", patterns.minimum_remove, name="rota-minimum-remove"),
    path("gaps/", gaps.gaps, name="rota-gaps"),
    path("gaps/fill/", gaps.gap, name="rota-gap"),
    path("swaps/", swaps.swaps, name="rota-swaps"),
    path("swaps/<int:offer_id>/approve/", swaps.approve, name="rota-swap-approve"),
    path("swaps/<int:offer_id>/refuse/", swaps.refuse, name="rota-swap-refuse"),
    path("swaps/<int:offer_id>/end/", swaps.end, name="rota-cover-end"),
    path("absences/", absences.absences, name="rota-absences"),
    path("absences/add/", absences.add, name="rota-absence-add"),
    path("absences/<int:absence_id>/remove/", absences.remove, name="rota-absence-remove"),
    path("mine/", mine.mine, name="rota-mine"),
    path("mine/shifts/<int:shift_id>/swap/", mine.swap_ask, name="rota-swap-ask"),
    path("mine/shifts/<int:shift_id>/cover/", mine.cover_offer, name="rota-cover-offer"),
    path("mine/offers/<int:offer_id>/withdraw/", mine.withdraw, name="rota-offer-withdraw"),
    path("mine/offers/<int:offer_id>/accept/", mine.accept, name="rota-swap-accept"),
    path("mine/offers/<int:offer_id>/decline/", mine.decline, name="rota-swap-decline"),
    path("mine/offers/<int:offer_id>/unaccept/", mine.unaccept, name="rota-swap-unaccept"),
    path("mine/offers/<int:offer_id>/take/", mine.take, name="rota-cover-take"),
    path("mine/calendar/", mine.feed_reset, name="rota-feed-reset"),
    path("mine/calendar/end/", mine.feed_end, name="rota-feed-end"),
]
