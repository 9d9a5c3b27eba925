from django.urls import path

from bangfu.web.system import backups, health, journal, users

urlpatterns = [
    path("system/health", health.health, name="health"),
    path("system/check", health.check, name="health_check"),
    path("system/users", users.users, name="users"),
    path("system/users/add", users.add, name="user_add"),
    path("system/users/<int:number>", users.user, name="user"),
    path("system/users/<int:number>/reset", users.reset, name="user_reset"),
    path("system/journal", journal.journal, name="journal"),
    path("system/journal/<int:position>", journal.entry, name="journal_entry"),
    path("system/journal/verify", journal.verify, name="journal_verify"),
    path("system/backups", backups.backups, name="backups"),
    path("system/backups/<str:name>", backups.file, name="backup_file"),
    path("system/backups/<str:name>/remove", backups.remove, name="backup_remove"),
]
