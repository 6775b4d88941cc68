package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.Command;

/**
 * A command that this application sent: to back a server up, or to delete the artefact of a backup. It is recognised by
 * its comment, not by its document, whose name changes with its content.
 */
record BackupCommand(Command command, BackupId backupId, boolean isDeletion, String description) {
    static final String BACKUP_ID = "backupId";
    static final String DESCRIPTION = "description";
    static final String DESTINATION = "destination";
    private static final String COMMAND_ID = "CommandId";

    /** The command as ours, or empty if another program sent it. */
    static Optional<BackupCommand> of(Command command) {
        String comment = Optional.ofNullable(command.comment()).orElse("");
        String description = Comment.unpacked(parameter(command, DESCRIPTION));
        boolean deletion = Comment.isOfDeletion(comment);
        return BackupId.parse(parameter(command, BACKUP_ID))
                .filter(id -> deletion ? comment.equals(Comment.ofDeletion(id)) : Comment.isOf(comment, description))
                .map(id -> new BackupCommand(command, id, deletion, description));
    }

    private static String parameter(Command command, String name) {
        return command.parameters().getOrDefault(name, List.of()).stream()
                .findFirst()
                .orElse("");
    }

    /** The id of the command that made a backup; empty if the backup was not made by a command. */
    static String idIn(Backup backup) {
        return backup.members().get(COMMAND_ID) instanceof String id ? id : "";
    }

    /** The directory or S3 prefix of its artefact. */
    String destination() {
        return parameter(command, DESTINATION);
    }

    /** Where its artefact is, if it made one, as the documents name it. */
    String artefact() {
        return destination() + "/" + backupId + ".tar";
    }

    /** Systems Manager's detailed status, in one word. */
    String details() {
        return CommandResultMapper.word(command.statusDetails(), command.statusAsString());
    }

    /** The command's status as that of a backup: {@code OK} only means that the command succeeded. */
    BackupStatus status() {
        return switch (command.status()) {
            case PENDING, IN_PROGRESS, CANCELLING -> BackupStatus.IN_PROGRESS;
            case SUCCESS -> BackupStatus.OK;
            case CANCELLED, FAILED, TIMED_OUT -> BackupStatus.FAILED;
            case UNKNOWN_TO_SDK_VERSION -> BackupStatus.UNRECOGNISED;
            case null -> BackupStatus.UNRECOGNISED;
        };
    }

    /** Whether the command may still be running on the server. */
    boolean isOpen() {
        return status() == BackupStatus.IN_PROGRESS || status() == BackupStatus.UNRECOGNISED;
    }

    /** The backup with OpsWorks CM's member names, and with Systems Manager's own ones added. */
    Backup backup() {
        TreeMap<String, Object> members = new TreeMap<>(Map.of(
                Backup.ID,
                backupId.toString(),
                Backup.SERVER,
                backupId.server().value(),
                Backup.STATUS,
                status() == BackupStatus.UNRECOGNISED ? String.valueOf(command.statusAsString()) : status().name(),
                Backup.TYPE,
                Backup.MANUAL,
                Backup.DESCRIPTION,
                description,
                COMMAND_ID,
                command.commandId()));
        Optional.ofNullable(command.requestedDateTime())
                .ifPresent(at -> members.put(
                        Backup.CREATED, at.truncatedTo(ChronoUnit.MILLIS).toString()));
        Optional.ofNullable(command.documentName()).ifPresent(name -> members.put("DocumentName", name));
        Optional.ofNullable(command.documentVersion()).ifPresent(version -> members.put("DocumentVersion", version));
        return new Backup(members);
    }
}
