package peers;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Responds with 422, and the wrong fields, to bodies that break a rule. */
@RestControllerAdvice
class Problems {
    record FieldProblem(String field, String code) {}

    @ExceptionHandler
    ProblemDetail invalid(MethodArgumentNotValidException exception) {
        List<FieldProblem> errors = exception.getFieldErrors().stream()
                .map(error -> new FieldProblem(error.getField(), error.getCode()))
                .toList();
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        problem.setProperty("errors", errors);
        return problem;
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException exception) {
        return ProblemDetail.forStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
