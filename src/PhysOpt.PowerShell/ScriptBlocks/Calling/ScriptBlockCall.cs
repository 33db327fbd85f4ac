using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Calls a user's script block with numbers and reads numbers from what it returns.</summary>
/// <param name="block">The block; its arguments are plain arrays, or numbers where <see cref="BlockArguments"/> says so.</param>
/// <param name="role">What it is in the problem, for messages and error ids: "Physics", "Loss", ...</param>
/// <param name="argument">The name of its first argument, for messages.</param>
/// <param name="named">How the block takes x by names; null where it does not.</param>
/// <param name="place">Which argument x is, counted from 0.</param>
/// <param name="variables">The names of the variables, for messages; null where they have none.</param>
internal sealed class ScriptBlockCall(
    ScriptBlock block, string role, string argument, NamedArguments? named = null, int place = 0, VariableNames? variables = null) : ICall
{
    /// <summary>The block in the sessions where it is called.</summary>
    internal SessionBlock Sessions { get; } = new(block);

    readonly CallHints hints = new(block, role, argument, place, variables);

    /// <summary>How the block gets its arguments.</summary>
    internal BlockArguments Arguments { get; } = new(block, named, place);

    /// <inheritdoc/>
    public void Remember() => Sessions.Remember();

    /// <inheritdoc/>
    /// <exception cref="PipelineStoppedException">The user stopped the pipeline.</exception>
    public Vector Invoke(params ReadOnlySpan<Vector> arguments) => Result(arguments).Vector();

    /// <inheritdoc/>
    public Matrix InvokeMatrix(int rows, int columns, params ReadOnlySpan<Vector> arguments) => Result(arguments).Matrix(rows, columns);

    CalledResult Result(ReadOnlySpan<Vector> arguments)
    {
        var values = Arguments.Of(arguments);
        var at = arguments[0];
        SessionClock.Tick();
        try
        {
            using var here = Sessions.Enter();
            return new(Arguments.IsItem ? AsItem(here.Block, values) : BlockInvocation.Call(here.Block, values), role, at, () => Where(at));
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            var where = exception.ErrorRecord?.InvocationInfo is { } info ? $" ({ScriptPosition.Of(info)})" : "";
            throw new EvaluationException(
                $"{role}Failed",
                $"{role} failed at {Place(at)}{where}: {CallHints.Sentence(exception.Message, exception is CommandNotFoundException)}"
                + hints.Of(exception, values),
                at, exception);
        }
        catch (PSInvalidCastException exception)
        {
            // by the type of a parameter
            throw new EvaluationException($"{role}Failed",
                $"{role} cannot be called with {Place(at)}: {CallHints.Sentence(exception.Message)} {Beginning()}{hints.OfTypes(values)}",
                at, exception);
        }
        catch (LoopFlowException)
        {
            throw new EvaluationException($"{role}Failed",
                $"{role} ran into a break or continue that belongs to no loop of its own, {Where(at)}", at);
        }
    }

    static object? AsItem(ScriptBlock here, object?[] values) =>
        BlockInvocation.Returned(here.InvokeWithContext(null, [new PSVariable("_", values[0])], values));

    string Place(Vector at) =>
        place == 0 && variables is not null ? VariableWords.Place(at, variables) : $"{argument} = {PointWords.Of(at)}";

    string Where(Vector at) => $"at {Place(at)}. {Beginning()}{hints.MissingParameter()}";

    string Beginning() => $"The block begins at {ScriptPosition.Of(block)}.";

    /// <summary>The block's text.</summary>
    public override string ToString() => $"{{{block}}}";
}
