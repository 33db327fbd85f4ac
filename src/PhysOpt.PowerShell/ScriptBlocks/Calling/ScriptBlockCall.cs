using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Calls a user's script block with arrays of numbers and reads numbers from what it returns.</summary>
/// <param name="block">The block; its arguments are plain arrays.</param>
/// <param name="role">What it is in the problem, for messages and error ids: "Physics", "Loss", ...</param>
/// <param name="argument">The name of its first argument, for messages.</param>
internal sealed class ScriptBlockCall(ScriptBlock block, string role, string argument)
{
    /// <summary>The numbers that the block returns for the given arguments, which it gets as fresh arrays.</summary>
    /// <exception cref="EvaluationException">The block threw, or returned something other than numbers.</exception>
    /// <exception cref="PipelineStoppedException">The user stopped the pipeline.</exception>
    internal Vector Invoke(params ReadOnlySpan<Vector> arguments)
    {
        var arrays = new object[arguments.Length];
        for (var i = 0; i < arrays.Length; i++) arrays[i] = arguments[i].ToArray();

        object? result;
        SessionClock.Tick();
        try
        {
            result = block.InvokeReturnAsIs(arrays);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            var where = exception.ErrorRecord?.InvocationInfo is { } info ? $" ({ScriptPosition.Of(info)})" : "";
            throw new EvaluationException(
                $"{role}Failed", $"{role} failed at {argument} = {arguments[0]}{where}: {exception.Message}{Hint(exception)}", arguments[0], exception);
        }
        catch (LoopFlowException)
        {
            throw Wrong("Failed", "ran into a break or continue that belongs to no loop of its own", arguments[0]);
        }

        return Numbers.Read(result, out var numbers, out var culprit) switch
        {
            Numbers.Obstacle.None when numbers.Length > 0 => Vector.Wrap(numbers),
            Numbers.Obstacle.NotNumeric => throw Wrong("ReturnedNotNumeric", $"must return numbers, but returned {Numbers.Describe(culprit)}", arguments[0]),
            _ => throw Wrong("ReturnedNothing", "returned nothing, but must end with its numbers, such as $x[0], ($x[1] * $x[1])", arguments[0]),
        };
    }

    EvaluationException Wrong(string error, string what, Vector at) => new(
        role + error, $"{role} {what}, at {argument} = {at}. The block begins at {ScriptPosition.Of(block)}.{MissingParameter()}", at);

    /// <summary>The block's text.</summary>
    public override string ToString() => $"{{{block}}}";

    /// <summary>A hint where the error is one of two slips that everybody makes once.</summary>
    string Hint(RuntimeException exception) =>
        exception.Message.Contains("System.Object[]", StringComparison.Ordinal) && exception.Message.Contains("op_", StringComparison.Ordinal)
            ? " A comma binds tighter than arithmetic: put each number in parentheses, such as (2 * $x[0]), ($x[1] + 1)."
            : MissingParameter();

    /// <summary>A hint for a block that names no parameter and does not use $args either.</summary>
    string MissingParameter()
    {
        var text = block.Ast.Extent.Text;
        return text.Contains("param", StringComparison.OrdinalIgnoreCase) || text.Contains("args", StringComparison.OrdinalIgnoreCase)
            ? ""
            : $" The block has no parameter: start it with param(${argument}).";
    }
}
