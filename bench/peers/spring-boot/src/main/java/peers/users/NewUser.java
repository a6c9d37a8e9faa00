package peers.users;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/** The fields of a new user. */
record NewUser(@NotBlank @Size(max = 100) String name, @NotBlank @Email @Size(max = 254) String email) {
    NewUser {
        name = name == null ? null : name.strip();
        email = email == null ? null : email.strip().toLowerCase(Locale.ROOT);
    }
}
