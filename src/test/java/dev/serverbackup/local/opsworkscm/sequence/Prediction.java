package dev.serverbackup.local.opsworkscm.sequence;

import dev.serverbackup.local.opsworkscm.sequence.Model.B;
import dev.serverbackup.local.opsworkscm.sequence.Model.S;
import java.util.Optional;

/** What a step is answered with: an error's shape, or OK. From the documents' sentences on errors, and nothing else. */
final class Prediction {

    private static final String OK = "OK";
    private static final String INVALID_STATE = "InvalidStateException";
    private static final String NOT_FOUND = "ResourceNotFoundException";
    private static final String VALIDATION = "ValidationException";
    private static final String LIMIT = "LimitExceededException";

    private final Model model;

    Prediction(Model model) {
        this.model = model;
    }

    String of(Step step, Optional<B> backup, boolean tokenKnown) {
        var server = Optional.ofNullable(model.servers.get(step.name()));
        return switch (step.kind()) {
            case PASS, FAIL -> OK;
            case CREATE_SERVER -> creation(server, step, false, backup);
            case CREATE_SERVER_FROM_BACKUP -> creation(server, step, true, backup);
            case DELETE_BACKUP ->
                backup.isEmpty()
                        ? NOT_FOUND
                        : given(backup.get().state.equals("OK")
                                || backup.get().state.equals("FAILED"));
            case DELETE_SERVER,
                    UPDATE_SERVER,
                    START_MAINTENANCE,
                    RESTORE_SERVER,
                    UPDATE_ATTRIBUTE,
                    CREATE_BACKUP,
                    ASSOCIATE,
                    DISASSOCIATE,
                    ASSOCIATION_STATUS,
                    EXPORT,
                    TAG,
                    UNTAG,
                    LIST_TAGS ->
                server.map(found -> of(step, found, backup, tokenKnown)).orElse(NOT_FOUND);
        };
    }

    private String of(Step step, S server, Optional<B> backup, boolean tokenKnown) {
        return switch (step.kind()) {
            case DELETE_SERVER -> server.isBusy() ? VALIDATION : given(!server.is("DELETING"));
            case UPDATE_SERVER -> given(!server.isBusy() && !server.is("DELETING"));
            case START_MAINTENANCE, UPDATE_ATTRIBUTE -> given(server.is("HEALTHY", "UNHEALTHY"));
            case ASSOCIATE, DISASSOCIATE -> given(server.is("HEALTHY"));
            case CREATE_BACKUP -> backup(server);
            case RESTORE_SERVER -> restoration(server, backup);
            case EXPORT -> given(!server.is("CREATING", "TERMINATED", "FAILED", "DELETING"));
            case TAG, UNTAG -> given(!server.is("DELETING"));
            case ASSOCIATION_STATUS -> tokenKnown ? OK : NOT_FOUND;
            case PASS, FAIL, CREATE_SERVER, CREATE_SERVER_FROM_BACKUP, DELETE_BACKUP, LIST_TAGS -> OK;
        };
    }

    private String creation(Optional<S> server, Step step, boolean fromBackup, Optional<B> backup) {
        if (server.isPresent()) {
            return "ResourceAlreadyExistsException";
        }
        if (model.servers.size() >= Model.MOST_SERVERS) {
            return LIMIT;
        }
        if (!fromBackup) {
            return OK;
        }
        if (backup.isEmpty() || !backup.get().state.equals("OK")) {
            return NOT_FOUND;
        }
        return backup.get().of.puppet == step.isPuppet() ? OK : VALIDATION;
    }

    private String backup(S server) {
        if (!server.is("RUNNING", "HEALTHY", "UNHEALTHY")) {
            return INVALID_STATE;
        }
        var manual = model.backups.stream().filter(backup -> backup.manual).count();
        return manual >= Model.MOST_MANUAL ? LIMIT : OK;
    }

    private static String restoration(S server, Optional<B> backup) {
        if (backup.isEmpty()) {
            return NOT_FOUND;
        }
        var ready = server.is("CONNECTION_LOST", "HEALTHY", "RUNNING", "UNHEALTHY", "TERMINATED");
        if (!ready || !backup.get().state.equals("OK")) {
            return INVALID_STATE;
        }
        return backup.get().of.puppet == server.puppet ? OK : VALIDATION;
    }

    private static String given(boolean allowed) {
        return allowed ? OK : INVALID_STATE;
    }
}
