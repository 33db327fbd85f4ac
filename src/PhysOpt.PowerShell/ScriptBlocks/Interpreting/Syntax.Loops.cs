using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <content>Loops, and the jumps out of them.</content>
internal static partial class Syntax
{
    static Execution For(ForStatementAst ast)
    {
        var first = ast.Initializer is null ? null : Of(ast.Initializer);
        var next = ast.Iterator is null ? null : Of(ast.Iterator);
        var (condition, body) = (ast.Condition is null ? null : Value(ast.Condition), Block(ast.Body));
        return (f, output) =>
        {
            if (first is not null) Landed(first(f, Ignored.Instance), ast);
            while (condition is null || Truth.Of(At(f, ast.Condition!, condition(f))))
            {
                if (Ends(f, ast, body(f, output), out var flow)) return flow;
                if (next is not null) Landed(next(f, Ignored.Instance), ast);
                f.Recording.At(ast);
            }

            return Flow.Next;
        };
    }

    static Execution While(WhileStatementAst ast)
    {
        var (condition, body) = (Value(ast.Condition), Block(ast.Body));
        return (f, output) =>
        {
            while (Truth.Of(At(f, ast.Condition, condition(f))))
            {
                if (Ends(f, ast, body(f, output), out var flow)) return flow;
            }

            return Flow.Next;
        };
    }

    static Execution Do(LoopStatementAst ast, bool until)
    {
        var (condition, body) = (Value(ast.Condition), Block(ast.Body));
        return (f, output) =>
        {
            do
            {
                if (Ends(f, ast, body(f, output), out var flow)) return flow;
            }
            while (Truth.Of(At(f, ast.Condition, condition(f))) != until);
            return Flow.Next;
        };
    }

    static Execution ForEach(ForEachStatementAst ast)
    {
        if (ast.Flags != ForEachFlags.None) return Of(Refuse(ast, "It runs in parallel"));
        var (list, body) = (Value(ast.Condition), Block(ast.Body));
        if (Writable(ast.Variable, out var refusal) is not { } name) return Of(Refuse(ast, refusal));
        return (f, output) =>
        {
            var values = list(f);
            if (Values.OrNull(values) is null) return Flow.Next;
            foreach (var value in Values.Elements(values) ?? new[] { values })
            {
                f.Recording.At(ast);
                f.Scope.Write(name, Values.Seen(value));
                if (Ends(f, ast, body(f, output), out var flow)) return flow;
            }

            return Flow.Next;
        };
    }

    /// <summary>Whether a loop ends after a turn, and where it continues then.</summary>
    static bool Ends(Frame f, LabeledStatementAst loop, Flow turn, out Flow flow)
    {
        flow = turn;
        if (turn == Flow.Next) return false;
        if (turn == Flow.Return) return true;
        if (f.Label is not null && !f.Label.Equals(loop.Label, StringComparison.OrdinalIgnoreCase)) return true; // an outer loop is meant
        f.Label = null;
        flow = Flow.Next;
        return turn == Flow.Break;
    }

    static Execution Jump(ExpressionAst? label, Flow flow, Ast ast)
    {
        var name = label is null ? null : Of(label);
        return (f, _) =>
        {
            f.Recording.At(ast);
            f.Label = name is null ? null : Text.Of(name(f));
            return flow;
        };
    }
}
