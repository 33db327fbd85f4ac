using System.Collections;
using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.PowerShell.ScriptBlocks.Rewriting;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Records a script block: calls its rewritten copy with traced numbers, and checks the record against the block as the user wrote it.
/// </summary>
internal sealed class BlockTracer
{
    readonly ScriptBlockCall untouched;
    readonly RewrittenBlock copy;

    /// <exception cref="TraceRefusedException">The block holds something that cannot be traced.</exception>
    internal BlockTracer(ScriptBlock block, ScriptBlockCall untouched)
    {
        this.untouched = untouched;
        var source = new BlockSource(block);
        var flow = new TraceFlow(source.Scripts, untouched.Arguments.MemberNames);
        new BlockScan(source, flow).Check();
        Captured = new(source, flow);
        if (Captured.Obstacle is { } obstacle) throw new TraceRefusedException(obstacle.Reason, obstacle.Where);
        copy = new(source, flow);
    }

    /// <summary>What the block takes from its surroundings.</summary>
    internal WatchedVariables Captured { get; }

    /// <summary>The block as a graph, right at x and wherever its comparisons turn out as they do there.</summary>
    /// <exception cref="TraceRefusedException">It cannot be recorded there, or the record does not give what the block gives.</exception>
    /// <exception cref="EvaluationException">The user's own block fails at x.</exception>
    internal Graph Record(Vector x)
    {
        var expected = untouched.Invoke(x);
        var graph = RecordCopy(x);
        TraceCheck.Verify(graph, x, expected, untouched);
        if (Captured.Changed() is { } name)
            throw new TraceRefusedException($"It changes something in ${name}, which lives on after the call");
        return graph;
    }

    Graph RecordCopy(Vector x)
    {
        var recorder = new Recorder(x.AsSpan());
        try
        {
            object[] inputs = [.. recorder.Inputs];
            var outputs = Flatten(copy.Invoke(untouched.Arguments.Of(0, inputs), untouched.Arguments.IsItem));
            if (recorder.WasShown) throw new TraceRefusedException("It makes text of a traced number");
            if (!inputs.Where((input, i) => !ReferenceEquals(input, recorder.Inputs[i])).Any()) return recorder.Finish(outputs);
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (TracingException exception)
        {
            throw new TraceRefusedException(Sentence(exception), null, exception);
        }
        catch (RuntimeException exception)
        {
            throw new TraceRefusedException(Sentence(Cause(exception)), copy.Original(exception.ErrorRecord?.InvocationInfo), exception);
        }
        catch (PSInvalidCastException exception)
        {
            throw new TraceRefusedException(Sentence(exception), null, exception); // by the type of a parameter
        }
        catch (LoopFlowException exception)
        {
            throw new TraceRefusedException("It runs into a break or continue that belongs to no loop of its own", null, exception);
        }

        throw new TraceRefusedException("It writes into the list of numbers that it is given");
    }

    /// <summary>What a block returned, as one list of numbers, traced ones among them.</summary>
    static object?[] Flatten(object? result) => Numbers.Unwrap(result) switch
    {
        null => throw new TraceRefusedException("It returns nothing when it is traced"),
        Field field => field.Elements,
        Vector vector => vector.Cast<object>().ToArray(),
        IList list => list.Cast<object?>().Select(Numbers.Unwrap).Select(Number).ToArray(),
        var single => new[] { Number(single) },
    };

    static object? Number(object? value) => value is TracedNumber or null || Numbers.IsNumber(value)
        ? value
        : throw new TraceRefusedException($"It returns {Numbers.Describe(value)} among its numbers when it is traced");

    static Exception Cause(RuntimeException exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is TracingException) return inner;
        }

        return exception;
    }

    static string Sentence(Exception exception) => RefusalText.Of(exception).TrimEnd('.', ' ', '\n', '\r');
}
