using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <content>Pipelines and commands.</content>
internal static partial class Syntax
{
    /// <summary>Evaluates the arguments of a command; what it gives makes the sink that the command is, of the one after it.</summary>
    /// <param name="f">The caller.</param>
    /// <param name="hasInput">Whether objects come through a pipeline.</param>
    delegate Func<Sink, Sink> Opening(Frame f, bool hasInput);

    static Execution Pipeline(PipelineAst ast) => IsInBackground(ast) ? Of(Refuse(ast, "It runs in the background"))
        : ast.PipelineElements is [CommandExpressionAst { Redirections.Count: 0 } only] ? Output(only)
            : Pipeline([.. ast.PipelineElements]);

    static Execution Pipeline(params CommandBaseAst[] elements)
    {
        var source = elements[0] is CommandExpressionAst expression ? Of(expression.Expression) : null;
        var isQuiet = false;
        if (source is not null && Redirected(elements[0], out isQuiet) is { } refusal) return Of(Refuse(elements[0], refusal));
        Opening[] commands = [.. elements.OfType<CommandAst>().Select(Command)];
        if (commands.Length + (source is null ? 0 : 1) < elements.Length)
            return Of(Refuse(elements[^1], "It has an expression in the middle of a pipeline"));
        return (f, output) =>
        {
            var sinks = new Sink[commands.Length];
            Action? part = Through;
            while (part is not null)
            {
                try
                {
                    part();
                    part = null;
                }
                catch (PipelineCut cut) when (sinks.Contains(cut.Command))
                {
                    part = cut.Command.EndAll; // which may bring one further down to its end
                }
            }

            return Flow.Next;

            void Through()
            {
                // in PowerShell's order: the source, the arguments from the left, then what comes before the first object
                var value = source is null || isQuiet ? Nothing(source?.Invoke(f)) : source(f);
                var opened = new Func<Sink, Sink>[commands.Length];
                for (var i = 0; i < opened.Length; i++) opened[i] = commands[i](f, i > 0 || source is not null);
                Sink sink = isQuiet && commands.Length == 0 ? Ignored.Instance : new Tail(output);
                for (var i = opened.Length - 1; i >= 0; i--) sinks[i] = sink = opened[i](sink);
                foreach (var each in sinks) each.Prepare();
                foreach (var each in sinks) each.Begin();
                sink.WriteAll(value);
                sink.End();
            }
        };

        static object Nothing(object? _) => Values.Nothing;
    }

    /// <summary>The end of a pipeline: its output goes on, its end does not.</summary>
    sealed class Tail(Sink output) : Sink
    {
        internal override void Write(object? value) => output.Write(value);
    }

    static Opening Command(CommandAst ast)
    {
        var arguments = Arguments.Of(ast.CommandElements.Skip(1));
        var isDotted = ast.InvocationOperator == TokenKind.Dot;
        if (Redirected(ast, out var isSilent) is { } refusal)
            return (_, _) => throw new TraceRefusedException(refusal, ast.Extent);
        var named = ast.InvocationOperator == TokenKind.Unknown
            && ast.CommandElements[0] is StringConstantExpressionAst { Value: var name } ? name : null;
        var called = named is null ? Of((ExpressionAst)ast.CommandElements[0]) : null;
        return (f, hasInput) =>
        {
            var command = Values.OrNull(named ?? called!(f));
            var given = arguments(f);
            return next =>
            {
                f.Recording.At(ast);
                return Open(f, command, given, isSilent ? Ignored.Instance : next, hasInput);
            };
        };

        Sink Open(Frame f, object? command, Arguments given, Sink next, bool hasInput)
        {
            switch (command)
            {
                case BlockValue block:
                    return Functions.Open(f, block, given, next, hasInput, isDotted);
                case FunctionInfo function:
                    return Functions.Open(f, BlockValue.Of(function.ScriptBlock), given, next, hasInput, isDotted);
                case CommandInfo known:
                    return Known.Open(f, known.Name, known, given, next, hasInput, ast);
                case string text:
                    var meant = text; // an alias comes before a function
                    for (var i = 0; i < 8 && f.Scope.Surroundings.AliasOf(meant) is { } other; i++) meant = other;
                    if (f.Scope.Function(meant) is { } own) return Functions.Open(f, new(own), given, next, hasInput, isDotted);
                    return f.Scope.Surroundings.Resolve(meant) switch
                    {
                        FunctionInfo function =>
                            Functions.Open(f, BlockValue.Of(function.ScriptBlock), given, next, hasInput, isDotted),
                        var found => Known.Open(f, text, found, given, next, hasInput, ast),
                    };
                default:
                    throw new TraceRefusedException($"It calls {Text.Kind(command)}, which is no command", ast.Extent);
            }
        }
    }

    /// <summary>Why redirections cannot be followed; null where their output goes nowhere.</summary>
    static string? Redirected(CommandBaseAst ast, out bool isSilent)
    {
        isSilent = false;
        foreach (var redirection in ast.Redirections)
        {
            if (redirection is not FileRedirectionAst { Location: VariableExpressionAst { VariablePath.UserPath: var place } } file
                || !place.Equals("null", StringComparison.OrdinalIgnoreCase))
            {
                return redirection is MergingRedirectionAst
                    ? $"It sends one stream into another by {redirection.Extent.Text}, which is not supported: leave it out, or use $null"
                    : "It writes to a file";
            }

            isSilent |= file.FromStream is RedirectionStream.Output or RedirectionStream.All;
        }

        return null;
    }
}
