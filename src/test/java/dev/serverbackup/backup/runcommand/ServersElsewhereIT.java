package dev.serverbackup.backup.runcommand;

import dev.serverbackup.request.ServerName;

/** For servers that are not on EC2: managed nodes by a hybrid activation. */
class ServersElsewhereIT extends RunCommandContract {
    @Override
    protected ServerName aServer() {
        return stage.aServerElsewhere();
    }
}
