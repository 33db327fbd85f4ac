using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A map written as a script block, { param($x) ... }: the door through which blocks enter the numerics.</summary>
/// <param name="block">The block.</param>
/// <param name="role">What it is in the problem, for messages and error ids: "Physics", "Loss", ...</param>
/// <param name="named">How the block takes x by names; null where it does not.</param>
/// <param name="variables">The names of the variables; null where they have none.</param>
internal sealed class ScriptBlockMap(ScriptBlock block, string role, NamedArguments? named = null, VariableNames? variables = null)
    : ITraceableMap, ITravels
{
    readonly ScriptBlockCall call = new(block, role, role == "Loss" ? "y" : "x", named, variables: variables);
    readonly VariableNames? variables = variables;

    readonly ConditionalWeakTable<object, BlockRecord> records = [];
    volatile TraceRefusedException? contradiction; // what is wrong in one session is not right in another

    /// <summary>What the block itself failed with when it was last to be traced; null where it did not.</summary>
    internal EvaluationException? Failure => Refusal?.InnerException as EvaluationException;

    /// <inheritdoc/>
    public string? WhyNotTraced => Refusal?.Message;

    /// <inheritdoc/>
    public bool IsContradicted => Refusal is { IsContradiction: true };

    /// <summary>The record of this thread's session; threads without a session have one together.</summary>
    BlockRecord Record => records.GetOrCreateValue((object?)Runspace.DefaultRunspace ?? this);

    TraceRefusedException? Refusal => contradiction ?? Record.Refusal;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => call.Invoke(x);

    /// <inheritdoc/>
    public void Remember() => call.Remember();

    /// <inheritdoc/>
    public ITwiceDifferentiableMap? Trace(Vector at, Action<string>? explain)
    {
        var record = Record;
        lock (record)
        {
            call.Sessions.Update();
            using var here = call.Sessions.Enter();
            if (Refusal is { IsContradiction: true } wrong) contradiction = wrong;
            if (contradiction is not null) return null;
            if (record.Traced is { Lost: null } known && known.Function.InputCount == at.Count && known.Captured.IsHere
                && !known.Captured.HaveChanged())
            {
                known.Explain = explain;
                return known; // who uses it confirms it
            }

            return record.Traced = Recorded(record, here.Block, at, explain);
        }
    }

    TracedBlock? Recorded(BlockRecord record, ScriptBlock here, Vector at, Action<string>? explain)
    {
        (record.Traced, record.Refused) = (null, null);
        try
        {
            var traced = new TracedBlock(here, call, at, explain);
            explain?.Invoke(FormattableString.Invariant(
                $"{role} is traced: {Plural.Of(traced.Function.OperationCount, "operation")}."));
            return traced;
        }
        catch (TraceRefusedException exception)
        {
            record.Refused = exception;
            explain?.Invoke($"{role} is not traced: {exception.Message} The block itself is called, and derivatives are finite " +
                $"differences.");
        }
        catch (EvaluationException exception)
        {
            record.Refused = new("It fails: " + exception.Message.TrimEnd('.'), null, exception);
        }

        return null;
    }

    /// <summary>The outcome of the latest <see cref="Trace"/>.</summary>
    internal FunctionTrace Report(string part, Vector at) => Record.Traced is { Lost: null } known
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

    /// <summary>What became of recording the block in one session.</summary>
    sealed class BlockRecord
    {
        /// <summary>The record, as long as what it was made from is the same.</summary>
        internal TracedBlock? Traced { get; set; }

        /// <summary>Why there is none.</summary>
        internal TraceRefusedException? Refused { get; set; }

        internal TraceRefusedException? Refusal => Traced?.Lost ?? Refused;
    }
}
