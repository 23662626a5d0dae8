import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Runs Neo4j with Bolt on the loopback address, until the process is told to end.
 *
 * <p>Arguments: the folder of everything that the server writes, and the port (0 lets the system choose). The password of the
 * user neo4j comes from NEO4J_PASSWORD. Where NEO4J_CERTIFICATES names a folder, Bolt also takes TLS, by its private.key and
 * public.crt. Once the server answers queries, its address stands in the folder's file server.address.
 */
class Launcher {
    public static void main(String[] arguments) {
        try {
            start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        } catch (Exception problem) {
            problem.printStackTrace();
            System.err.println(rootCause(problem));
            System.exit(1);
        }
    }

    private static void start(Path folder, int port) throws IOException {
        DatabaseManagementService server = open(folder, port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        setPassword(server, System.getenv("NEO4J_PASSWORD"));
        server.database("neo4j").executeTransactionally("RETURN 1");
        write(folder.resolve("server.address"), address(server));
    }

    private static DatabaseManagementService open(Path folder, int port) {
        var builder = new DatabaseManagementServiceBuilder(folder)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, pageCache())
                // Otherwise the first log of each database takes 256 MB of disk.
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                // Otherwise Bolt waits 10 s for stragglers before the process ends.
                .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0);
        String certificates = System.getenv("NEO4J_CERTIFICATES");
        if (certificates != null && !certificates.isEmpty()) {
            takeTls(builder, Path.of(certificates).toAbsolutePath());
        }
        return builder.build();
    }

    private static long pageCache() {
        String size = System.getenv("NEO4J_PAGECACHE");
        return size == null || size.isEmpty() ? ByteUnit.mebiBytes(128) : ByteUnit.parse(size);
    }

    private static void takeTls(DatabaseManagementServiceBuilder builder, Path certificates) {
        var policy = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
        builder.setConfig(policy.enabled, true)
                .setConfig(policy.base_directory, certificates)
                .setConfig(policy.client_auth, ClientAuth.NONE)
                .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.OPTIONAL);
    }

    /** Replaces the user, since ALTER USER refuses the password that is already set. */
    private static void setPassword(DatabaseManagementService server, String password) {
        server.database("system").executeTransactionally(
                "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
    }

    private static String address(DatabaseManagementService server) {
        var parts = ((GraphDatabaseAPI) server.database("system")).getDependencyResolver();
        var bolt = parts.resolveDependency(ConnectorPortRegister.class).getLocalAddress(ConnectorType.BOLT);
        return bolt.getHost() + ":" + bolt.getPort();
    }

    /** Writes a file that is whole as soon as it can be seen. */
    private static void write(Path file, String line) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, line + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Throwable rootCause(Throwable problem) {
        return problem.getCause() == null ? problem : rootCause(problem.getCause());
    }
}
