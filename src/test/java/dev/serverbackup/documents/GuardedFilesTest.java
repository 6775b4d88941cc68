package dev.serverbackup.documents;

import static dev.serverbackup.documents.ServerShell.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root runs, writes, follows and reads nothing by a name that another user can give to something else. */
class GuardedFilesTest extends OnAServer {
    @BeforeEach
    void this_server() {
        server.script("backup", "echo run >>\"$SERVER_ROOT/runs\"; echo data >\"$1/dump.sql\"")
                .variable("SERVER_BACKUP_SCRIPTS", root.resolve("opt/scripts").toString());
        server.does("mkdir opt; mv scripts opt");
    }

    private void refuses() {
        server.refusal("generic", "AccessDeniedException");
        assertThat(root.resolve("runs")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chmod 775 opt/scripts/backup",
                "chmod 757 opt/scripts/backup",
                "chmod 775 opt/scripts",
                "chmod 757 opt/scripts",
                "chmod 775 opt",
                "chmod 757 opt",
                "mkdir -m 777 home; mv opt/scripts/backup home; ln -s ../../home/backup opt/scripts"
            })
    void a_script_that_others_can_change_or_exchange_is_not_run(String act) {
        server.does(act);

        refuses();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opt/scripts/backup", "opt"})
    void a_script_of_another_user_or_in_his_directory_is_not_run(String path) {
        onlyRootCanGiveAway();
        server.does("chown nobody " + path);

        refuses();
    }

    @Test
    void a_link_to_a_script_that_is_guarded_will_do() {
        server.does("mv opt/scripts/backup opt/real; ln -s ../real opt/scripts/backup");

        server.backup("generic");
    }

    /** As below /tmp: what is root's there, others can't exchange. */
    @Test
    void a_directory_in_which_everybody_keeps_his_own_will_do_on_the_way() {
        server.does("chmod 1777 opt");

        server.backup("generic");
    }

    @Test
    void directories_are_looked_at_up_to_the_root() {
        server.variable("SERVER_BACKUP_TRUSTED", "");

        server.backup("generic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"artefacts", "state"})
    void where_others_can_write_nothing_is_written(String path) {
        server.does("mkdir -m 777 " + path);

        server.refusal("generic", "AccessDeniedException");

        assertThat(server.below(path)).isEmpty();
        server.refusal("delete", "AccessDeniedException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s \"$SERVER_ROOT/victim\" \"$dir/pe_backup.tgz\"",
                "ln \"$SERVER_ROOT/victim\" \"$dir/pe_backup.tgz\"",
                "mkfifo \"$dir/pe_backup.tgz\"",
                "mkdir \"$dir/pe_backup.tgz\""
            })
    void what_the_databases_user_lays_down_is_neither_followed_nor_overwritten(String act) {
        server.file("victim", "untouched").variable("SERVER_BACKUP_PUPPET", vendor(act));

        server.refusal("puppet-enterprise", "BackupFailed");

        assertThat(root.resolve("victim")).hasContent("untouched");
        assertThat(server.below("artefacts")).isEmpty();
    }

    @Test
    void the_secret_keys_are_written_where_the_databases_user_sees_nothing() {
        server.file("victim", "untouched")
                .variable(
                        "SERVER_BACKUP_PUPPET",
                        vendor("ln -s \"$SERVER_ROOT/victim\" \"$dir/secrets.tar\"\n"
                                + "echo data >\"$dir/a\"; tar -C \"$dir\" -czf \"$dir/pe_backup.tgz\" a"));

        server.backup("puppet-enterprise");

        assertThat(root.resolve("victim")).hasContent("untouched");
    }

    /** The user keeps the directory open, and would go on writing in it. */
    @Test
    void after_the_vendors_tool_the_directory_is_out_of_the_databases_users_reach() throws Exception {
        onlyRootCanGiveAway();
        server.does("chmod 711 .");
        server.variable("SERVER_BACKUP_PUPPET_USER", "nobody")
                .variable(
                        "SERVER_BACKUP_PUPPET",
                        vendor("echo data >\"$dir/a\"; tar -C \"$dir\" -czf \"$dir/pe_backup.tgz\" a; chmod 666"
                                + " \"$dir/a\"\n"
                                + "cd \"$dir\"; mkfifo -m 666 \"$SERVER_ROOT/gate\"\n"
                                + "setpriv --reuid=nobody --clear-groups sh -c 'chmod 777 . || exit; echo early"
                                + " >early\n"
                                + "  read -r go <\"$SERVER_ROOT/gate\"; echo late >late; ln -s /etc/passwd"
                                + " pe_backup.tgz' >\"$SERVER_ROOT/said\" 2>&1 &\n"
                                + "while [ ! -e \"$dir/early\" ]; do :; done"))
                // The gate opens once the directory was taken back: at the first look into it.
                .command(
                        "find",
                        "case \"$*\" in *puppet*) echo go >\"$SERVER_ROOT/gate\"; while ! [ -s \"$SERVER_ROOT/said\""
                                + " ]; do :; done; ls \"$2\" >\"$SERVER_ROOT/there\" ;; esac\n"
                                + "real find \"$@\"");

        server.backup("puppet-enterprise");

        assertThat(Files.readAllLines(root.resolve("said")))
                .hasSize(2)
                .allMatch(line -> line.endsWith(": Permission denied"));
        assertThat(Files.readAllLines(root.resolve("there"))).contains("early").doesNotContain("late");
        assertThat(server.below("artefacts")).containsExactly(ID + ".tar");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("state"))))
                .isEqualTo("rwx------");
    }

    private String vendor(String act) {
        server.command(
                "puppet-backup",
                "for option; do case \"$option\" in --dir=*) dir=\"${option#--dir=}\" ;; esac; done\n" + act);
        return root.resolve("commands/puppet-backup").toString();
    }

    private static void onlyRootCanGiveAway() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files to another user");
    }
}
