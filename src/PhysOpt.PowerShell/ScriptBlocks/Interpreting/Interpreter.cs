using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// Calls a script block with traced numbers: its own syntax tree is walked, every operation is PowerShell's own where its
/// operands are plain and a recorded one where they are traced.
/// </summary>
internal static class Interpreter
{
    /// <summary>What the block puts out: nothing, one object, or an array.</summary>
    /// <param name="block">The block.</param>
    /// <param name="arguments">Its arguments; arrays in them are arrays of doubles.</param>
    /// <param name="isItem">Whether it looks for the first in $_.</param>
    /// <param name="recording">The walk, which records the operations.</param>
    /// <param name="surroundings">What it finds outside of itself.</param>
    /// <exception cref="TraceRefusedException">It does something that cannot be recorded; says what and where.</exception>
    internal static object? Call(ScriptBlock block, object?[] arguments, bool isItem, Recording recording, ISurroundings surroundings)
    {
        try
        {
            return TypedArray.InWalk(() =>
            {
                var scope = new Scope(null, surroundings);
                object?[] values = [.. arguments.Select(argument => argument is object?[] numbers
                    ? TypedArray.Of(typeof(double), [.. numbers]) : argument)];
                if (isItem) scope.Write("_", values[0]);
                var output = new Collected();
                var f = new Frame(recording, scope);
                Functions.Open(f, new(block.Ast), Arguments.Of(values), output, hasInput: false).End();
                recording.RefuseShown();
                return output.Value;
            });
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            throw Refusal(exception, recording);
        }
    }

    static TraceRefusedException Refusal(Exception exception, Recording recording)
    {
        var place = recording.Place?.Extent;
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is TraceRefusedException refusal) return refusal.Where is null ? new(refusal.Reason, place, exception) : refusal;
            if (inner is TracingException tracing) return new(tracing.Message.TrimEnd('.'), place, exception);
        }

        if (exception is ScriptFailure failure)
        {
            return new($"It throws when it is traced: {failure.Message.TrimEnd('.')}", failure.Place.Extent, exception)
            {
                IsOfTheScript = true,
            };
        }

        if (recording.Recorder.WasShown) return new(Text.Made, place, exception);
        var message = exception is RuntimeException { InnerException: { } cause } ? cause.Message : exception.Message;
        return new($"It fails when it is traced: {message.TrimEnd('.', ' ', '\n', '\r')}", place, exception)
        {
            IsOfTheScript = true,
        };
    }
}
