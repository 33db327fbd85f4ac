using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A map written as a script block, { param($x) ... }: the door through which blocks enter the numerics.</summary>
/// <param name="block">The block.</param>
/// <param name="role">What it is in the problem, for messages and error ids: "Physics", "Loss", ...</param>
/// <param name="named">How the block takes x by names; null where it does not.</param>
/// <param name="variables">The names of the variables; null where they have none.</param>
internal sealed class ScriptBlockMap(ScriptBlock block, string role, NamedArguments? named = null, VariableNames? variables = null)
    : ITraceableMap
{
    readonly ScriptBlockCall call = new(block, role, role == "Loss" ? "y" : "x", named, variables: variables);
    readonly VariableNames? variables = variables;

    /// <summary>What the block itself failed with when it was last to be traced; null where it did not.</summary>
    internal EvaluationException? Failure => Refusal?.InnerException as EvaluationException;

    TracedBlock? traced; // as long as what it was recorded from is the same
    TraceRefusedException? refusal;

    /// <inheritdoc/>
    public string? WhyNotTraced => Refusal?.Message;

    TraceRefusedException? Refusal => traced?.Lost ?? refusal;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => call.Invoke(x);

    /// <inheritdoc/>
    public ITwiceDifferentiableMap? Trace(Vector at, Action<string>? explain)
    {
        if (Refusal is { IsContradiction: true }) return null;
        if (traced is { Lost: null } known && known.Function.InputCount == at.Count && !known.Captured.HaveChanged())
        {
            known.Explain = explain;
            return known.Confirm(at) ? known : null;
        }

        (traced, refusal) = (null, null);
        try
        {
            traced = new(block, call, at, explain);
            explain?.Invoke(FormattableString.Invariant(
                $"{role} is traced: {Plural.Of(traced.Function.OperationCount, "operation")}."));
        }
        catch (TraceRefusedException exception)
        {
            refusal = exception;
            explain?.Invoke($"{role} is not traced: {exception.Message} The block itself is called, and derivatives are finite " +
                $"differences.");
        }
        catch (EvaluationException exception)
        {
            refusal = new("It fails: " + exception.Message.TrimEnd('.'), null, exception);
        }

        return traced;
    }

    /// <summary>The outcome of the latest <see cref="Trace"/>.</summary>
    internal FunctionTrace Report(string part, Vector at) => traced is { Lost: null } known
        ? known.Report(part, at)
        : new()
        {
            Role = part,
            At = at,
            Runs = "as the script block, with finite differences",
            Reason = Refusal?.Reason,
            Line = Refusal?.Where?.StartLineNumber,
            Column = Refusal?.Where?.StartColumnNumber,
            Text = Refusal?.Where?.Text,
        };

    /// <summary>True for a map of the same text: a block that is written into a command is another object each time.</summary>
    public override bool Equals(object? obj) => obj is ScriptBlockMap other
        && (ReferenceEquals(this, other) || (ToString() == other.ToString() && Equals(variables, other.variables)));

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The block's text.</summary>
    public override string ToString() => call.ToString();
}
