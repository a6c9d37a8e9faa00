package peers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HealthController {
    record Health(String status, String version) {}

    @GetMapping("/health")
    Health health() {
        return new Health("ok", "0.1.0");
    }
}
