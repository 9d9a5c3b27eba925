from django.urls import path

from bangfu.web.findings import alarms, exporting, handing_out, lists, one, runs, starting

urlpatterns = [
    path("findings", lists.findings, name="findings"),
    path("findings/export", exporting.export, name="finding_export"),
    path("findings/hand-out", handing_out.hand_out, name="finding_hand_out"),
    path("findings/alarms", alarms.alarms, name="finding_alarms"),
    path("findings/<int:number>", one.finding, name="finding"),
    path("findings/<int:number>/reveal", one.reveal, name="finding_reveal"),
    path("findings/<int:number>/false-alarm", alarms.call, name="finding_false_alarm"),
    path("findings/<int:number>/withdraw", alarms.withdraw, name="finding_withdraw"),
    path("runs", runs.runs, name="runs"),
    path("runs/start", starting.start, name="run_start"),
    path("runs/<int:number>", runs.run, name="run"),
    path("runs/<int:number>/findings", runs.run_findings, name="run_findings"),
]
