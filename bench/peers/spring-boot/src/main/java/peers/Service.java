package peers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: Spring Boot with virtual threads, JDBC and HikariCP. */
@SpringBootApplication
public class Service {
    public static void main(String[] arguments) {
        SpringApplication.run(Service.class, arguments);
    }
}
