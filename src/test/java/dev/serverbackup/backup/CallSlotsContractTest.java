package dev.serverbackup.backup;

/** With a single slot, everything that holds for a backup service holds. */
class CallSlotsContractTest extends FakeBackupServiceTest {
    @Override
    protected BackupService service() {
        return new CallSlots(super.service(), clock(), 1);
    }
}
