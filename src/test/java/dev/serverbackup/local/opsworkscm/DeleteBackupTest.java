package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import org.junit.jupiter.api.Test;

class DeleteBackupTest {

    private final ServiceUnderTest service =
            new ServiceUnderTest(Fleet.of(FleetServer.named("alpha").withBackups(1, 0)));
    private final String automated = "{'BackupId': 'alpha-20261119030000125'}";

    @Test
    void a_backup_is_deleting_for_a_while_and_then_gone() {
        assertThat(service.call("DeleteBackup", automated)).isEmpty();
        assertThat(service.call("DescribeBackups", automated)
                        .at("/Backups/0/Status")
                        .textValue())
                .isEqualTo("DELETING");

        service.clock.move(Durations.DEFAULT.deletion());
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeBackups", automated);
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DeleteBackup", automated);
    }

    @Test
    void a_deletion_under_way_is_not_begun_again() {
        service.call("DeleteBackup", automated);

        assertThat(service.refused(AwsErrorType.INVALID_STATE, "DeleteBackup", automated))
                .isEqualTo("Cannot delete backup 'alpha-20261119030000125': its deletion is already in progress.");
    }

    @Test
    void a_backup_under_way_is_not_deleted() {
        var id = service.backUp("alpha");

        assertThat(service.refused(AwsErrorType.INVALID_STATE, "DeleteBackup", "{'BackupId': '" + id + "'}"))
                .isEqualTo("Cannot delete backup '" + id + "': it is still in progress.");
    }
}
