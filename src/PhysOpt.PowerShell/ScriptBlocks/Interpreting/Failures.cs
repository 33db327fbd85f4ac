using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Errors of a script, which it may catch itself; what cannot be traced is none of them.</summary>
internal static class Failures
{
    /// <summary>True for an error that the script would meet untraced, too.</summary>
    internal static bool IsOfTheScript(Exception error) =>
        error is not (TraceRefusedException or PipelineStoppedException or PipelineCut or TracingException
            or InsufficientExecutionStackException or OutOfMemoryException) && Inner(error).All(each => each is not TracingException);

    /// <summary>Which of several catch clauses takes an error, as PowerShell chooses it; -1 for none.</summary>
    /// <param name="error">The error.</param>
    /// <param name="types">The types of the clauses, in their order; null for one that takes every error.</param>
    internal static int Handler(Exception error, IReadOnlyList<Type?> types)
    {
        // PowerShell wraps what is no error of its own; a clause may be for what is inside, or else for the wrapping
        var thrown = error is not ScriptFailure failure ? error
            : Values.OrNull(failure.Value) is ErrorRecord record ? record.Exception : Values.OrNull(failure.Value) as Exception;
        var (outer, inner) = thrown is RuntimeException own ? (own.GetType(), own.InnerException) : (typeof(RuntimeException), thrown);
        var handler = inner is null ? -1 : Of(inner.GetType());
        return handler < 0 || types[handler] is null ? Of(outer) : handler;

        int Of(Type type) => First(each => each == type) is var same and >= 0 ? same
            : First(each => each is not null && type.IsSubclassOf(each)) is var kin and >= 0 ? kin : First(each => each is null);

        int First(Func<Type?, bool> test)
        {
            for (var i = 0; i < types.Count; i++)
            {
                if (test(types[i])) return i;
            }

            return -1;
        }
    }

    /// <summary>What $_ is in a catch clause.</summary>
    internal static object AsRecord(Exception error) => error switch
    {
        ScriptFailure { Value: TracedText text } => text,
        ScriptFailure { Value: var value } failure when Values.HoldsTraced(value) => new TracedText(failure.Message),
        ScriptFailure { Value: ErrorRecord record } => record,
        ScriptFailure { Value: Exception thrown } => new ErrorRecord(thrown, thrown.Message, ErrorCategory.OperationStopped, null),
        ScriptFailure failure =>
            new ErrorRecord(new RuntimeException(failure.Message), failure.Message, ErrorCategory.OperationStopped, failure.Value),
        RuntimeException { ErrorRecord: { } record } => new ErrorRecord(record, error), // with its cause, which a clause may ask for
        _ => new ErrorRecord(error, error.GetType().Name, ErrorCategory.NotSpecified, null),
    };

    static IEnumerable<Exception> Inner(Exception error)
    {
        for (Exception? each = error; each is not null; each = each.InnerException) yield return each;
    }
}
