from django.urls import path

from bangfu.web.imports import exports, questions, steps, views

urlpatterns = [
    path("imports", views.imports, name="imports"),
    path("imports/upload", views.upload, name="import_upload"),
    path("imports/apply", steps.apply_chosen, name="imports_apply"),
    path("imports/<int:number>", views.batch, name="import"),
    path("imports/<int:number>/marked", views.marked, name="import_marked"),
    path("imports/<int:number>/read", steps.read_again, name="import_read"),
    path("imports/<int:number>/apply", steps.apply, name="import_apply"),
    path("imports/<int:number>/undo", steps.undo, name="import_undo"),
    path("imports/<int:number>/drop", steps.drop, name="import_drop"),
    path("imports/questions", questions.questions, name="import_questions"),
    path("imports/questions/<int:number>", questions.answer, name="import_answer"),
    path("exports", exports.exports, name="exports"),
    path("exports/<int:number>", exports.file, name="export_file"),
]
