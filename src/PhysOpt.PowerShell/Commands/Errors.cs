using System.Management.Automation;

namespace PhysOpt.PowerShell.Commands;

/// <summary>From the exceptions of the numerics to error records with a stable id, a category, a target and what to do.</summary>
internal static class Errors
{
    internal static ErrorRecord From(ProblemException exception, object? target) =>
        new(exception, exception.ErrorId, exception.ErrorId is "ProblemNotFound" or "MethodNotFound" ? ErrorCategory.ObjectNotFound
            : ErrorCategory.InvalidArgument, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.RecommendedAction },
        };

    internal static ErrorRecord From(EvaluationException exception) =>
        new(exception, exception.ErrorId, exception.InnerException is null ? ErrorCategory.InvalidResult : ErrorCategory.OperationStopped,
            exception.At);
}
