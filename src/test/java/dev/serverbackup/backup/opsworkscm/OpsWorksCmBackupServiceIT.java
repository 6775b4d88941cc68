package dev.serverbackup.backup.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupServiceContract;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.http.Pause;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

/** The real adapter against the local OpsWorks CM, over HTTP; both by a clock moved by hand. */
@Timeout(120)
class OpsWorksCmBackupServiceIT extends BackupServiceContract {
    private final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    private LocalAws aws;
    private OpsWorksCmBackupService service;
    private int servers;

    @BeforeEach
    void start() {
        start(Limits.DEFAULT.manualBackups());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private void start(int manualBackups) {
        FleetServer[] fleet = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> FleetServer.named("server-" + i))
                .toArray(FleetServer[]::new);
        Limits limits = new Limits(Limits.DEFAULT.servers(), manualBackups);
        aws = LocalAws.started(Fleet.of(fleet).unthrottled().limited(limits), clock);
        service = service(UrlConnectionHttpClient.create(), Duration.ofSeconds(15));
    }

    private OpsWorksCmBackupService service(SdkHttpClient http, Duration callTimeout) {
        var builder = OpsWorksCmClient.builder().httpClient(http);
        Clients.to(aws.endpoint(), aws.endpoint()).accept(builder);
        return OpsWorksCmBackupService.with(builder, clock, callTimeout);
    }

    @Override
    protected BackupService service() {
        return service;
    }

    @Override
    protected InstantSource clock() {
        return clock;
    }

    @Override
    protected ServerName aServer() {
        return new ServerName("server-" + ++servers);
    }

    @Override
    protected BackupDeletion deletion() {
        return service;
    }

    @Override
    protected Backup aMissingBackup() {
        return Backup.of(Map.of(Backup.ID, "nobodys-20260301020001000"));
    }

    @Override
    protected void finishBackups(ServerName server) {
        clock.move(aws.account().durations().backup());
    }

    @Override
    protected void limitManualBackupsTo(int most) {
        aws.close();
        start(most);
    }

    private BackupResult create(OpsWorksCmBackupService by, ServerName server) {
        return by.createBackup(Server.named(server), "by hand", clock.instant().plusSeconds(60));
    }

    @Test
    void a_port_that_nothing_listens_on_is_sent_nothing() {
        var closed = service(ApacheHttpClient.create(), Duration.ofSeconds(15));
        aws.close();

        assertThat(create(closed, aServer()))
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.NOT_SENT));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void any_thread_gives_up_a_silent_service_when_the_call_timeout_is_over(boolean virtual) throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        aws.faults().next(1, CallPattern.of("CreateBackup"), new Fault.HoldRequest(Pause.until(heard)));
        var impatient = service(UrlConnectionHttpClient.create(), Duration.ofMillis(500));
        FutureTask<BackupResult> call = new FutureTask<>(() -> create(impatient, aServer()));

        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(call);

        // Less than the 30 s after which the HTTP client itself would give up.
        assertThat(call.get(20, TimeUnit.SECONDS)).isInstanceOf(BackupResult.Doubtful.class);
        heard.countDown();
    }

    @Test
    void every_manual_backup_counts_against_the_accounts_limit() {
        limitManualBackupsTo(3);
        assertThat(service.manualBackups()).isEqualTo(new Quota.Known(0, 3));
        ended(aServer());
        ended(aServer());

        assertThat(service.manualBackups()).isEqualTo(new Quota.Known(2, 3));
        assertThat(service.listsAllBackups()).isTrue();
    }
}
