package dev.serverbackup.local.opsworkscm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetLoader;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.pki.CertificateAuthority;
import dev.serverbackup.local.opsworkscm.pki.CustomEndpoint;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import dev.serverbackup.local.opsworkscm.pki.StarterKit;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** The service without HTTP around it, at a time that is moved by hand. JSON is written with single quotes. */
final class ServiceUnderTest {

    /** Made once: it takes a while. */
    private static final KeyPair KEYS = Secrets.real().keyPair();

    private static final String START = "2026-11-20T03:00:00.125Z";

    final ManualClock clock = new ManualClock(Instant.parse(START));
    final Throttle throttle = new Throttle(clock);
    final Account account;
    final OpsWorksCm service;

    ServiceUnderTest(Fleet fleet) {
        account = new Account(fleet.arns(), fleet.limits(), fleet.durations(), clock);
        FleetLoader.into(account, fleet);
        service = new OpsWorksCm(account, throttle, new Secrets(new SplittableRandom(1), () -> KEYS));
    }

    /** A fleet of servers, all of which can be called by their names. */
    static ServiceUnderTest of(FleetServer... servers) {
        return new ServiceUnderTest(Fleet.of(servers));
    }

    JsonNode call(String operation, String input) {
        try {
            var json = (ObjectNode) new ObjectMapper().readTree(input.replace('\'', '"'));
            return service.perform(operation, InputReader.of(json));
        } catch (JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }

    /** The message of the refusal, after checking its type. */
    String refused(AwsErrorType type, String operation, String input) {
        var error = catchThrowableOfType(AwsError.class, () -> call(operation, input));
        assertThat(error).as(operation + " " + input).isNotNull();
        assertThat(error.type()).isEqualTo(type);
        return error.getMessage();
    }

    /** Creates a backup and returns its id. */
    String backUp(String serverName) {
        return call("CreateBackup", "{'ServerName': '" + serverName + "'}")
                .at("/Backup/BackupId")
                .textValue();
    }

    String statusOf(String serverName) {
        return call("DescribeServers", "{'ServerName': '" + serverName + "'}")
                .at("/Servers/0/Status")
                .textValue();
    }

    List<String> backupIds(String describeBackupsInput) {
        return call("DescribeBackups", describeBackupsInput).get("Backups").findValuesAsText("BackupId");
    }

    /** The messages of a server's events, newest first. */
    List<String> messages(String serverName) {
        return call("DescribeEvents", "{'ServerName': '" + serverName + "'}")
                .get("ServerEvents")
                .findValuesAsText("Message");
    }

    /** What a user has who gives a server a domain of its own: valid for five years from {@link #START} on. */
    static CustomEndpoint custom(String domain) {
        var authority = new CertificateAuthority(KEYS, domain, Instant.parse(START));
        var key = new String(Base64.getDecoder().decode(StarterKit.privateKeyAsBase64(KEYS)), US_ASCII);
        return new CustomEndpoint(domain, authority.certificate(), key);
    }
}
