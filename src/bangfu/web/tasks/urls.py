from django.urls import path

from bangfu.web.tasks import chains, corrections, files, lists, new, siblings, steps

urlpatterns = [
    path("tasks", lists.tasks, name="tasks"),
    path("tasks/export", lists.export, name="tasks_export"),
    path("tasks/reassign", lists.reassign_marked, name="tasks_reassign"),
    path("tasks/new", new.task_new, name="task_new"),
    path("tasks/feedback", new.feedback, name="tasks_feedback"),
    path("tasks/feedback/open", new.open_feedback, name="tasks_feedback_open"),
    path("tasks/<int:task>", steps.task, name="task"),
    path("tasks/<int:task>/files/<int:file>", files.evidence, name="task_evidence"),
    path("tasks/<int:task>/fields", corrections.fields, name="task_fields"),
    path("tasks/<int:task>/corrections/<int:correction>", corrections.reveal, name="task_reveal"),
    path("tasks/<int:task>/everywhere", siblings.ask, name="task_everywhere"),
    path("tasks/<int:task>/take-back", siblings.take_back, name="task_take_back"),
    *(
        path(
            f"tasks/<int:task>/{step.replace('_', '-')}", steps.take_step, {"step": step}, name=f"task_{step}"
        )
        for step in steps.WAYS
    ),
    path("chains", chains.chains, name="chains"),
]
