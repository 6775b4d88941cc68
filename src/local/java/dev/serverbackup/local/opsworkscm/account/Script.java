package dev.serverbackup.local.opsworkscm.account;

import dev.serverbackup.local.http.AwsError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** What is decided beforehand about the backups of single servers. Thread-safe; may be changed at any time. */
public final class Script {

    private final Map<String, Queue<AwsError>> answers = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, Duration> durations = new HashMap<>();

    /** The next {@code CreateBackup} calls for the server are refused with these, one after the other. */
    public synchronized void answers(String serverName, List<AwsError> refusals) {
        answers.computeIfAbsent(serverName, name -> new ArrayDeque<>()).addAll(refusals);
    }

    /** The server's backups from now on end FAILED with this {@code StatusDescription}. */
    public synchronized void backupsFail(String serverName, String statusDescription) {
        failures.put(serverName, statusDescription);
    }

    /** The server's backups from now on end OK. */
    public synchronized void backupsSucceed(String serverName) {
        failures.remove(serverName);
    }

    /** The server's backups from now on take this long. */
    public synchronized void backupsTake(String serverName, Duration duration) {
        durations.put(serverName, duration);
    }

    /** Takes the next scripted refusal, if one is left. */
    public synchronized Optional<AwsError> nextAnswer(String serverName) {
        return Optional.ofNullable(answers.get(serverName)).map(Queue::poll);
    }

    synchronized Optional<String> failure(String serverName) {
        return Optional.ofNullable(failures.get(serverName));
    }

    synchronized Duration duration(String serverName, Duration usual) {
        return durations.getOrDefault(serverName, usual);
    }
}
