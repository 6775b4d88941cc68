package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Listing;
import dev.serverbackup.backup.Lookup;
import dev.serverbackup.backup.sdk.Errors;
import dev.serverbackup.backup.sdk.SendGate;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;

/**
 * Backups of EC2 instances by Run Command: one {@code SendCommand} for each, of a document that is pinned. What
 * OpsWorks CM would refuse is refused here, before anything is sent; two runs that ask at the same instant can both
 * pass, and then the document refuses the later one on the server.
 */
public final class SystemsManagerBackupService implements BackupService {
    private final InstantSource clock;
    private final Duration callTimeout;
    private final Admission admission;
    private final Sending sending;
    private final Commands commands;
    private final Standing standing;

    private SystemsManagerBackupService(
            SsmClient client, ServerTags tags, CommandTerms terms, InstantSource clock, Duration callTimeout) {
        this.clock = clock;
        this.callTimeout = callTimeout;
        this.commands = new Commands(client);
        this.sending = new Sending(client, terms);
        this.admission = new Admission(terms, tags, new Instances(client), commands);
        this.standing = new Standing(client, commands, clock);
    }

    /**
     * Builds the client too: on its retries, and on the gate before each transmission, the contract depends.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param tags to read what a server chooses by its tags
     * @param callTimeout for one backup asked for, or one look: all calls that it takes, and their repetitions
     */
    public static SystemsManagerBackupService with(
            SsmClientBuilder builder,
            ResourceGroupsTaggingApiClient tags,
            CommandTerms terms,
            InstantSource clock,
            Duration callTimeout) {
        SsmClient client = Calls.client(builder, callTimeout);
        return new SystemsManagerBackupService(client, new ServerTags(tags, clock), terms, clock, callTimeout);
    }

    /** Half of the time is for what is asked before, half for the command itself. */
    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        if (!clock.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        Budget before = Budget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.known(() -> admission.of(server.name(), description, before))) {
            case Calls.Answer.Got<Admission.Verdict>(Admission.Verdict.Admitted admitted) ->
                send(admitted, server.name(), description, sendBefore);
            case Calls.Answer.Got<Admission.Verdict>(Admission.Verdict.Refused(var error)) ->
                new BackupResult.Refused(error);
            // Nothing was sent yet: whatever went wrong, it is no doubt.
            case Calls.Answer.Failed<Admission.Verdict>(var error) -> new BackupResult.Refused(error.settled());
        };
    }

    private BackupResult send(
            Admission.Verdict.Admitted admitted, ServerName server, String description, Instant sendBefore) {
        SendGate gate = new SendGate(clock, sendBefore);
        var how = AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(SendGate.ATTRIBUTE, gate)
                .apiCallTimeout(callTimeout.dividedBy(2))
                .build();
        try {
            BackupId id = new BackupId(server, clock.instant());
            return new BackupResult.Started(
                    sending.backup(admitted, id, description, how).backup());
        } catch (InvalidInstanceIdException e) {
            // It was there a moment ago: its agent has gone, or somebody has stopped it.
            BackupError answered = Errors.of(e);
            return new BackupResult.Refused(new BackupError(
                    ErrorType.INVALID_STATE, answered.message(), answered.httpStatus(), answered.requestId(), false));
        } catch (RuntimeException e) {
            return gate.resultOf(e);
        }
    }

    @Override
    public Listing backupsOf(ServerName server, Instant since) {
        if (!BackupId.isInstance(server)) {
            return new Listing.Backups(List.of());
        }
        return switch (Calls.known(
                () -> commands.of(server, Budget.of(clock, callTimeout)).backups())) {
            case Calls.Answer.Got<List<Backup>>(var backups) -> new Listing.Backups(backups);
            case Calls.Answer.Failed<List<Backup>>(var error) -> new Listing.Unavailable(error);
        };
    }

    @Override
    public Lookup backup(String backupId) {
        return BackupId.parse(backupId)
                .map(id -> standing.of(id, Budget.of(clock, callTimeout)))
                .orElseGet(() -> new Lookup.Absent(
                        BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "no backup of a server has such an id")));
    }
}
