using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Errors of a script, which it may catch itself; what cannot be traced is none of them.</summary>
internal static class Failures
{
    /// <summary>True for an error that the script would meet untraced, too.</summary>
    internal static bool IsOfTheScript(Exception error) =>
        error is not (TraceRefusedException or PipelineStoppedException or TracingException or InsufficientExecutionStackException
            or OutOfMemoryException) && Inner(error).All(each => each is not TracingException);

    /// <summary>True where a catch clause for a type takes an error.</summary>
    internal static bool IsOfType(Exception error, Type type)
    {
        if (error is not ScriptFailure failure) return Inner(error).Any(type.IsInstanceOfType);
        return Values.OrNull(failure.Value) is Exception thrown ? Inner(thrown).Any(type.IsInstanceOfType)
            : type.IsAssignableFrom(typeof(RuntimeException));
    }

    /// <summary>What $_ is in a catch clause.</summary>
    internal static object AsRecord(Exception error) => error switch
    {
        ScriptFailure { Value: TracedText text } => text,
        ScriptFailure { Value: ErrorRecord record } => record,
        ScriptFailure { Value: Exception thrown } => new ErrorRecord(thrown, thrown.Message, ErrorCategory.OperationStopped, null),
        ScriptFailure failure =>
            new ErrorRecord(new RuntimeException(failure.Message), failure.Message, ErrorCategory.OperationStopped, null),
        RuntimeException { ErrorRecord: { } record } => record,
        _ => new ErrorRecord(error, error.GetType().Name, ErrorCategory.NotSpecified, null),
    };

    static IEnumerable<Exception> Inner(Exception error)
    {
        for (Exception? each = error; each is not null; each = each.InnerException) yield return each;
    }
}
