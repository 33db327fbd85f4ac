using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <content>Statements.</content>
internal static partial class Syntax
{
    /// <summary>A list of statements.</summary>
    static Execution Block(StatementBlockAst block) => block.Traps is { Count: > 0 } ? Of(block.Traps[0]) : Block(block.Statements);

    static Execution Block(IReadOnlyList<StatementAst> statements)
    {
        Execution[] parts = [.. statements.Select(Of)];
        if (parts is [var only]) return only;
        return (f, output) =>
        {
            foreach (var part in parts)
            {
                if (part(f, output) is var flow && flow != Flow.Next) return flow;
            }

            return Flow.Next;
        };
    }

    /// <summary>An expression as a statement: what it gives goes into the output, as a list its elements.</summary>
    static Execution Output(CommandExpressionAst ast)
    {
        if (ast.Redirections.Count > 0) return Pipeline([ast]);
        var expression = Of(ast.Expression);
        if (ast.Expression is UnaryExpressionAst unary && IsStep(unary))
        {
            return (f, _) =>
            {
                expression(f);
                return Flow.Next;
            };
        }

        return (f, output) =>
        {
            output.WriteAll(expression(f));
            return Flow.Next;
        };
    }

    static Execution Assignment(AssignmentStatementAst ast)
    {
        var assigned = Assigned(ast);
        return (f, _) =>
        {
            assigned(f);
            return Flow.Next;
        };
    }

    /// <summary>An assignment, whose value is what was assigned.</summary>
    static Evaluation Assigned(AssignmentStatementAst ast)
    {
        var (target, right) = (Target(ast.Left, ast.Operator != TokenKind.Equals && HasOwnPlaces(ast)), Value(ast.Right));
        if (ast.Left is VariableExpressionAst variable && ast.Operator == TokenKind.Equals && Writable(variable, out _) is { } name
            && !name.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return f =>
            {
                var value = right(f);
                f.Scope.Write(name, value);
                return value;
            };
        }

        Func<object?, object?, object?>? operation = ast.Operator switch
        {
            TokenKind.PlusEquals => Arithmetic.Add,
            TokenKind.MinusEquals => Arithmetic.Subtract,
            TokenKind.MultiplyEquals => Arithmetic.Multiply,
            TokenKind.DivideEquals => Arithmetic.Divide,
            TokenKind.RemainderEquals => Arithmetic.Remainder,
            _ => null,
        };
        if (ast.Operator == TokenKind.Equals)
        {
            return f =>
            {
                var value = right(f);
                f.Recording.At(ast);
                target(f).Set(value);
                return value;
            };
        }

        if (ast.Operator.ToString() == "QuestionQuestionEquals")
        {
            return f =>
            {
                var place = target(f);
                if (Values.OrNull(place.Get()) is { } known) return known;
                var value = right(f);
                place.Set(value);
                return value;
            };
        }

        if (operation is null) return Refuse(ast, $"It uses the operator {ast.Operator}, which is not known");
        return f =>
        {
            var place = target(f);
            var before = place.Get();
            var with = right(f);
            f.Recording.At(ast);
            var value = operation(before, with);
            place.Set(value);
            return value;
        };
    }

    static Execution If(IfStatementAst ast)
    {
        (Evaluation Condition, Execution Body,
            Ast Place)[] clauses = [.. ast.Clauses.Select(clause => (Value(clause.Item1), Block(clause.Item2), (Ast)clause.Item1))];
        var otherwise = ast.ElseClause is null ? null : Block(ast.ElseClause);
        return (f, output) =>
        {
            foreach (var (condition, body, place) in clauses)
            {
                if (Truth.Of(At(f, place, condition(f)))) return body(f, output);
            }

            return otherwise?.Invoke(f, output) ?? Flow.Next;
        };
    }

    static Execution Return(ReturnStatementAst ast)
    {
        if (ast.Pipeline is null) return (_, _) => Flow.Return;
        // a step gives nothing
        var value = ast.Pipeline is PipelineAst { PipelineElements: [CommandExpressionAst returned] }
            && !(returned.Expression is UnaryExpressionAst unary && IsStep(unary)) || ast.Pipeline is AssignmentStatementAst
            ? Value(ast.Pipeline) : null;
        var statement = value is null ? Of(ast.Pipeline) : null;
        return (f, output) =>
        {
            if (value is not null) output.WriteAll(value(f));
            else statement!(f, output);
            return Flow.Return;
        };
    }

    static Execution Switch(SwitchStatementAst ast)
    {
        if ((ast.Flags & (SwitchFlags.File | SwitchFlags.Parallel)) != 0) return Of(Refuse(ast, "It switches on a file"));
        var condition = Value(ast.Condition);
        var isCase = ast.Flags.HasFlag(SwitchFlags.CaseSensitive);
        var pattern = ast.Flags.HasFlag(SwitchFlags.Regex) ? "match" : ast.Flags.HasFlag(SwitchFlags.Wildcard) ? "like" : null;
        if (pattern is not null && isCase) pattern = "c" + pattern;
        (Evaluation? Value, Execution? Test, Execution Body, Ast Place)[] clauses = [.. ast.Clauses.Select(clause =>
            (clause.Item1 is ScriptBlockExpressionAst ? null : Of(clause.Item1),
                clause.Item1 is ScriptBlockExpressionAst test ? Body.Of(test.ScriptBlock).Inline : null, Block(clause.Item2),
                    (Ast)clause.Item1))];
        var otherwise = ast.Default is null ? null : Block(ast.Default);
        return (f, output) =>
        {
            var values = condition(f);
            using var item = f.Scope.Keep("_");
            if (ReferenceEquals(values, Values.Nothing)) return Flow.Next;
            foreach (var value in Values.Elements(values) ?? new[] { values })
            {
                var isMatched = false;
                f.Scope.Write("_", Values.Seen(value));
                foreach (var (constant, test, body, place) in clauses)
                {
                    if (!Matches(f, f.Scope.ReadLocal("_"), constant, test, place)) continue; // a clause may have changed it
                    isMatched = true;
                    var turn = body(f, output);
                    if (turn == Flow.Next) continue;
                    if (Ends(f, ast, turn, out var flow)) return flow;
                    break; // continue: the next value
                }

                if (!isMatched && otherwise is not null && Ends(f, ast, otherwise(f, output), out var after)) return after;
            }

            return Flow.Next;
        };

        bool Matches(Frame f, object? value, Evaluation? constant, Execution? test, Ast place)
        {
            if (test is not null)
            {
                var answer = new Collected();
                var inner = f.Calling(new Scope(f.Scope, f.Scope.Surroundings));
                inner.Scope.Write("_", value);
                if (test(inner, answer) is Flow.Break or Flow.Continue)
                    throw new TraceRefusedException("It leaves a condition", place.Extent);
                return Truth.Of(At(f, place, answer.Value));
            }

            var wanted = constant!(f);
            f.Recording.At(place);
            return pattern is null ? SameText.Of(value, wanted, isCase) : Truth.Of(Text.Matched(f, "-" + pattern, value, wanted));
        }
    }

    static Execution Throw(ThrowStatementAst ast)
    {
        var value = ast.Pipeline is not null ? Value(ast.Pipeline)
            : IsInCatch(ast) ? f => f.Scope.Read("_") : Constant("ScriptHalted"); // alone in a catch clause it throws again
        return (f, _) => throw new ScriptFailure(value(f), ast);

        static bool IsInCatch(Ast? part) => part is not null and not ScriptBlockAst && (part is CatchClauseAst || IsInCatch(part.Parent));
    }

    static Execution Definition(FunctionDefinitionAst ast)
    {
        if (ast.IsWorkflow) return Of(Refuse(ast, "It defines a workflow"));
        if (ast.Name.Contains(':', StringComparison.Ordinal))
            return Of(Refuse(ast, $"It defines the function {ast.Name} for another scope than its own"));
        return (f, _) =>
        {
            f.Scope.Define(ast);
            return Flow.Next;
        };
    }

    static Execution Try(TryStatementAst ast)
    {
        var (body, last) = (Block(ast.Body), ast.Finally is null ? null : Block(ast.Finally));
        Execution[] handlers = [.. ast.CatchClauses.Select(clause => Block(clause.Body))];
        // a clause for each type: one may be for several
        (int Clause, TypeConstraintAst? Type)[] catches = [.. ast.CatchClauses.SelectMany((clause, i) =>
            clause.IsCatchAll ? [(i, null)] : clause.CatchTypes.Select(type => (i, (TypeConstraintAst?)type)))];
        return (f, output) =>
        {
            try
            {
                return body(f, output);
            }
            catch (Exception error) when (Failures.IsOfTheScript(error) && catches.Length > 0)
            {
                var handler = Failures.Handler(error,
                    [.. catches.Select(each => each.Type is { } type ? TypeOf(type.TypeName, type) : null)]);
                if (handler < 0) throw;
                using var item = f.Scope.Keep("_");
                f.Scope.Write("_", Failures.AsRecord(error));
                return handlers[catches[handler].Clause](f, output);
            }
            finally
            {
                if (last is not null) Landed(last(f, output), ast.Finally!);
            }
        };
    }

    static Execution Of(Evaluation refusal) => (f, _) =>
    {
        refusal(f);
        return Flow.Next;
    };
}
