using System.Collections;
using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Interpreting;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Records a script block: walks its syntax with traced numbers, and checks the record against the block as the user wrote it.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="untouched">Calls it as it is.</param>
internal sealed class BlockTracer(ScriptBlock block, ScriptBlockCall untouched)
{
    /// <summary>What the block takes from its surroundings.</summary>
    internal WatchedVariables Captured { get; } = new(new BlockSource(block));

    /// <summary>The block as a record, right at x and wherever its comparisons turn out as they do there.</summary>
    /// <exception cref="TraceRefusedException">It cannot be recorded there, or the record does not give what the block gives.</exception>
    /// <exception cref="EvaluationException">The user's own block fails at x.</exception>
    internal TracedBranch Record(Vector x)
    {
        var branch = new TracedBranch(Interpreted(x));
        var expected = untouched.Invoke(x);
        TraceCheck.Verify(branch, x, expected, untouched);
        if (Captured.Changed() is { } name)
            throw new TraceRefusedException($"It changes something in ${name}, which lives on after the call");
        return branch;
    }

    /// <summary>The record; the block itself has not been called where there is none, but to say how it fails.</summary>
    Graph Interpreted(Vector x)
    {
        var recorder = new Recorder(x.AsSpan());
        try
        {
            var outputs = Walked(new(recorder), block, untouched, Captured);
            return recorder.Finish(outputs);
        }
        catch (TracingException exception)
        {
            throw new TraceRefusedException(exception.Message.TrimEnd('.'), null, exception);
        }
        catch (TraceRefusedException refusal) when (refusal.IsOfTheScript)
        {
            _ = untouched.Invoke(x);
            throw;
        }
    }

    /// <summary>What a block returns where it is walked: traced numbers and plain ones.</summary>
    /// <param name="recording">The walk.</param>
    /// <param name="block">The block.</param>
    /// <param name="untouched">Calls it as it is.</param>
    /// <param name="captured">What it takes from its surroundings.</param>
    /// <exception cref="TraceRefusedException">It cannot be recorded there.</exception>
    internal static object?[] Walked(Recording recording, ScriptBlock block, ScriptBlockCall untouched, WatchedVariables captured) =>
        Flatten(Interpreter.Call(block, untouched.Arguments.Of(0, [.. recording.Recorder.Inputs]), untouched.Arguments.IsItem, recording,
            new Surroundings(captured)));

    /// <summary>What a block returned, as one list of numbers, traced ones among them.</summary>
    static object?[] Flatten(object? result) => Numbers.Unwrap(result) switch
    {
        null => throw Unfit("It returns nothing when it is traced"),
        Field field => field.Elements,
        Vector vector => vector.Cast<object>().ToArray(),
        object?[] list => Flat(list),
        TypedArray array => Flat(array),
        NumberList list => Flat(list),
        IList list => Flat(list.Cast<object?>()),
        var single => [Number(single)],
    };

    static object?[] Flat(IEnumerable<object?> list) => [.. list.Select(Numbers.Unwrap).Select(Number)];

    static object? Number(object? value) => value is TracedNumber || Numbers.IsNumber(value)
        ? value
        : throw Unfit($"It returns {Numbers.Describe(value)} among its numbers when it is traced");

    static TraceRefusedException Unfit(string reason) => new(reason) { IsOfTheScript = true };
}
