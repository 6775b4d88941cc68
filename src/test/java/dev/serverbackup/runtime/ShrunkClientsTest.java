package dev.serverbackup.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is deployed holds together, also on paths that no test takes; by a class loader that sees nothing else. */
class ShrunkClientsTest {
    private static final String CLIENTS = "software/amazon/awssdk/services/";
    private static final String REGIONS = "software/amazon/awssdk/regions/";

    @Test
    void nothing_is_missing_that_our_classes_and_the_clients_refer_to() throws Exception {
        try (URLClassLoader deployed = TaskRoot.deployed()) {
            List<String> classes = classes();
            assertThat(classes).hasSizeGreaterThan(1000);
            References references = new References(deployed);
            assertThat(classes.stream().flatMap(references::missingFrom).distinct())
                    .isEmpty();
        }
    }

    @Test
    void a_client_that_was_written_anew_passes_the_verifier_and_implements_what_it_offers() throws Exception {
        try (URLClassLoader deployed = TaskRoot.deployed()) {
            List<Class<?>> clients = new ArrayList<>();
            for (String name : classes()) {
                if (name.matches(CLIENTS + "\\w+/Default\\w+Client")) {
                    clients.add(Class.forName(name.replace('/', '.'), true, deployed));
                }
            }
            assertThat(clients).hasSize(5);
            assertThat(clients.stream().flatMap(ShrunkClientsTest::notImplemented))
                    .isEmpty();
        }
    }

    @Test
    void no_client_can_do_more_than_we_ask_for() throws Exception {
        try (URLClassLoader deployed = TaskRoot.deployed()) {
            Class<?> client = deployed.loadClass("software.amazon.awssdk.services.ssm.SsmClient");
            assertThat(client.getMethods())
                    .extracting(Method::getName)
                    .contains("sendCommand", "getCommandInvocation", "listCommands", "describeInstanceInformation")
                    .doesNotContain("getParameter", "deleteDocument", "listDocuments");
        }
    }

    /** The interface answers an operation that is not implemented with an exception. */
    private static Stream<Method> notImplemented(Class<?> client) {
        Class<?> offered = client.getInterfaces()[0];
        return Stream.of(offered.getMethods())
                .filter(Method::isDefault)
                .filter(method -> takesRequest(method)
                        && Stream.of(client.getDeclaredMethods()).noneMatch(own -> sameCall(own, method)));
    }

    private static boolean takesRequest(Method method) {
        return method.getParameterCount() == 1
                && method.getParameterTypes()[0].getSimpleName().endsWith("Request")
                && method.getReturnType().getSimpleName().endsWith("Response");
    }

    private static boolean sameCall(Method own, Method offered) {
        return own.getName().equals(offered.getName())
                && List.of(own.getParameterTypes()).equals(List.of(offered.getParameterTypes()));
    }

    /** Ours, and those of the libraries that are shrunk, with slashes. */
    private static List<String> classes() throws IOException {
        List<String> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TaskRoot.CLASSES)) {
            files.map(file -> TaskRoot.CLASSES.relativize(file).toString()).forEach(entries::add);
        }
        for (Path jar : TaskRoot.jars()) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(CLIENTS) || name.startsWith(REGIONS))
                        .forEach(entries::add);
            }
        }
        return entries.stream()
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .toList();
    }
}
