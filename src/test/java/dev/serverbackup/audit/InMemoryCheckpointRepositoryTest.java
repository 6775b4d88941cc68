package dev.serverbackup.audit;

class InMemoryCheckpointRepositoryTest extends CheckpointRepositoryContract {
    private final CheckpointRepository repository = new InMemoryCheckpointRepository();

    @Override
    protected CheckpointRepository repository() {
        return repository;
    }
}
