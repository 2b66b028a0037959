import pytest, time
from tests.parts import axe

def test_people(people):
    assert people.ailsa.code().isdigit()
    d = people.desk_of(people.bhavna)
    assert d.troubles == [] and d.desk.names == ["Ailsa", "Bhavna"]
    assert "no-certificate" in people.desk_of(people.stranger).troubles

@pytest.mark.django_db(transaction=True)
def test_all(people, web_server, celery_worker, visit):
    t=time.monotonic()
    v = visit("the person")
    r = v.page.goto("/")
    print(r.status, r.all_headers())
    v.screenshot("rig")
    print(axe.violations(v.page))
    print(time.monotonic()-t)
    t=time.monotonic()
    celery_worker.start(); print("second worker", time.monotonic()-t); t=time.monotonic()
    celery_worker.kill(); celery_worker.restart();print("restart", time.monotonic()-t); t=time.monotonic()
    celery_worker.beat()
    web_server.kill(); web_server.run();print("web restart", time.monotonic()-t)
    print(celery_worker.workers[0].children(), celery_worker.logs(), web_server.log_text)
