package dev.serverbackup.local.http;

import static dev.serverbackup.local.http.ProtocolAnswer.assertOfTheProtocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.opsworkscm.OpsWorksCm;
import dev.serverbackup.local.opsworkscm.Throttle;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.Arns;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as long as a body may be, of the kind that a pattern with repetitions takes long for. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class HugeInputTest {
    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-22T02:00:00Z"));
    private static final OpsWorksCm OPS_WORKS_CM =
            new OpsWorksCm(new Account(Arns.DEFAULT, Limits.DEFAULT, Durations.DEFAULT, CLOCK), new Throttle(CLOCK));
    private static final Dispatcher DISPATCHER = new Dispatcher(
            Map.of(OPS_WORKS_CM.prefix(), OPS_WORKS_CM), new ScriptedFaults(), new CallLog(), CLOCK, () -> "request");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(textBlock = """
        CreateServer, ServerName, a-
        CreateServer, CustomDomain, a.
        CreateServer, CustomCertificate, -----BEGIN CERTIFICATE-----
        CreateServer, CustomPrivateKey, -----BEGIN PRIVATE KEY-----
        CreateServer, InstanceProfileArn, arn:aws:iam::123456789012:instance-profile/
        CreateServer, PreferredBackupWindow, Mon:
        DeleteBackup, BackupId, a:
        TagResource, ResourceArn, arn:aws:opsworks-cm:
        ListTagsForResource, NextToken, after:
        """)
    void a_text_of_megabytes_is_answered_soon(String operation, String member, String repeated) throws Exception {
        String text = repeated.repeat(JettyHandler.LARGEST_BODY / repeated.length() - 10);
        String lines = (repeated + "\n").repeat(JettyHandler.LARGEST_BODY / (repeated.length() + 2) - 10);

        for (String each : List.of(text, lines)) {
            byte[] body = JSON.writeValueAsBytes(Map.of(member, each));
            assertOfTheProtocol(DISPATCHER.dispatch(
                    new Incoming("POST", "/", OPS_WORKS_CM.prefix() + "." + operation, Optional.of(body), true)));
        }
    }
}
