package dev.serverbackup;

import static dev.serverbackup.FollowUpStage.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.eventbridge.BusEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The follow-up verifies what an OpsWorks CM API lists, over real HTTP and under the function's own role. */
class VerificationIT {
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void a_backup_that_is_still_listed_as_ok_is_verified_after_its_success() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run();
            stage.passesLater(30);

            AttributeValue verification = stage.item("server#alpha").get("verification");
            assertThat(verification.m().get("result").s()).isEqualTo("PASSED");
            assertThat(verification.m().get("checked").s()).startsWith("listed as OK");
            assertThat(stage.item("server#alpha")).containsKey("verifiedAt");
        }
    }

    @Test
    void a_backup_that_is_gone_a_week_later_is_told_and_is_not_verified_any_more() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run();
            stage.passesLater(30);
            stage.deleteByHand("alpha");

            stage.passLater(WEEK);

            BusEvent told = stage.cloud.bus().events().getLast();
            assertThat(told.detailType()).isEqualTo("Server Backup Verification Failed");
            assertThat(NotificationSchemas.faultsOf(told.envelope("123456789012", "eu-central-1")))
                    .isEmpty();
            assertThat(stage.item("server#alpha")).doesNotContainKey("verifiedAt");
        }
    }

    @Test
    void switched_off_nothing_is_verified() {
        try (var stage = new FollowUpStage(Map.of("VERIFY_DAYS", "0"), tagged("alpha"))) {
            stage.run();
            stage.passesLater(30);

            assertThat(stage.item("server#alpha")).doesNotContainKey("verification");
            assertThat(stage.told()).isEqualTo(List.of("nightly/alpha", "nightly"));
        }
    }
}
