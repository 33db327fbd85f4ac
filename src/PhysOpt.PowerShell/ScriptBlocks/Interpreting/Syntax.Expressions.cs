using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <content>Expressions.</content>
internal static partial class Syntax
{
    static readonly HashSet<string> OfTheCall = new(StringComparer.OrdinalIgnoreCase)
    {
        "ExecutionContext", "PSCmdlet", "MyInvocation", "Error", "?", "^", "$", "LASTEXITCODE", "StackTrace", "foreach", "switch",
        "PSBoundParameters", "Matches", "this",
    };

    static Evaluation Variable(VariableExpressionAst ast)
    {
        var path = ast.VariablePath;
        var name = VariableName.Of(ast);
        if (name.Equals("input", StringComparison.OrdinalIgnoreCase)) return Input(ast);
        if (path.IsDriveQualified)
        {
            return path.DriveName.Equals("function", StringComparison.OrdinalIgnoreCase)
                ? f => FunctionNamed(f, path.UserPath[(path.UserPath.IndexOf(':', StringComparison.Ordinal) + 1)..], ast)
                : Refuse(ast, $"It reads ${path.UserPath}, which may change unnoticed");
        }

        if (path.IsLocal) return f => f.Strictly(f.Scope.ReadLocal(name), ast);
        if (path.IsGlobal || path.IsScript) return f => Outside(f, ast, path.UserPath);
        switch (name.ToUpperInvariant())
        {
            case "TRUE": return Constant(true);
            case "FALSE": return Constant(false);
            case "NULL": return Constant(null);
            case "PSITEM": name = "_"; break;
        }

        var isOfTheCall = OfTheCall.Contains(name);
        return f => f.Scope.TryRead(name, out var value) ? value
            : !isOfTheCall ? Outside(f, ast, name)
            : throw new TraceRefusedException($"It reads ${name}, which belongs to the call and not to the function", ast.Extent);
    }

    /// <summary>A variable of the surroundings.</summary>
    static object? Outside(Frame f, Ast ast, string name)
    {
        f.Recording.At(ast);
        var value = f.Scope.OfSurroundings(name);
        return value is not null || f.Scope.Surroundings.Has(name) ? value : f.Strictly(null, ast);
    }

    static BlockValue FunctionNamed(Frame f, string name, Ast ast)
    {
        if (f.Scope.Function(name) is { } own) return new BlockValue(own);
        return f.Scope.Surroundings.Resolve(name) is FunctionInfo function
            ? BlockValue.Of(function.ScriptBlock)
            : throw new TraceRefusedException($"It reads a function {name}, which is not found", ast.Extent);
    }

    static Evaluation ArrayLiteral(ArrayLiteralAst ast)
    {
        Evaluation[] elements = [.. ast.Elements.Select(Of)];
        return f =>
        {
            var values = new object?[elements.Length];
            for (var i = 0; i < values.Length; i++) values[i] = elements[i](f);
            return values;
        };
    }

    static Evaluation Array(ArrayExpressionAst ast)
    {
        if (ast.SubExpression is
            {
                Traps: null,
                Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0, Expression: var only }] }],
            })
        {
            if (only is ArrayLiteralAst list) return ArrayLiteral(list); // of a list that is written out it is the list itself
            if (only is UnaryExpressionAst step && IsStep(step))
            {
                var stepped = Step(step); // which gives its value here, as in parentheses
                return f => new[] { stepped(f) };
            }
        }

        var statements = Block(ast.SubExpression);
        return f =>
        {
            var collected = new Collected();
            Landed(statements(f, collected), ast);
            return collected.Items.ToArray();
        };
    }

    static Evaluation SubExpression(SubExpressionAst ast)
    {
        var statements = Block(ast.SubExpression);
        return f =>
        {
            var collected = new Collected();
            Landed(statements(f, collected), ast);
            return collected.Value;
        };
    }

    static Evaluation Table(HashtableAst ast, bool isOrdered)
    {
        (Evaluation Key, Evaluation Value,
            Ast Ast)[] pairs = [.. ast.KeyValuePairs.Select(pair => (Of(pair.Item1), Value(pair.Item2), (Ast)pair.Item1))];
        return f =>
        {
            IDictionary table = isOrdered ? new OrderedDictionary(pairs.Length, StringComparer.OrdinalIgnoreCase)
                : new Hashtable(pairs.Length, StringComparer.OrdinalIgnoreCase); // as PowerShell's own, so that its order is the same
            foreach (var (key, value, part) in pairs)
            {
                f.Recording.At(part);
                var name = TableKeys.Of(key(f));
                table.Add(name ?? throw new RuntimeException("A null key is not allowed in a hash literal."), value(f));
            }

            return table;
        };
    }

    static Evaluation Ternary(ExpressionAst ast)
    {
        ExpressionAst Part(string name) => (ExpressionAst)ast.GetType().GetProperty(name)!.GetValue(ast)!;
        var (condition, yes, no) = (Of(Part("Condition")), Of(Part("IfTrue")), Of(Part("IfFalse")));
        return f => Truth.Of(At(f, ast, condition(f))) ? yes(f) : no(f);
    }

    static Evaluation ExpandableString(ExpandableStringExpressionAst ast)
    {
        // the text with {0}, {1}, ... in the places of its expressions
        var format = (string?)ast.GetType().GetProperty("FormatExpression",
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)?.GetValue(ast);
        Evaluation[] nested = [.. ast.NestedExpressions.Select(Of)];
        if (format is null) return Refuse(ast, "It makes text in a way that is not known");
        return f =>
        {
            object?[] values = [.. nested.Select(each => each(f))];
            f.Recording.At(ast);
            if (values.Any(value => Values.Elements(value) is not null) && f.Scope.Read("OFS") is not null)
                throw new TraceRefusedException("It makes text of a list by $OFS", ast.Extent);
            var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, [.. values.Select(Text.Of)]);
            return values.Any(Values.HoldsTraced) ? new TracedText(text) : text;
        };
    }

    static Evaluation Convert(ConvertExpressionAst ast)
    {
        var name = ast.Type.TypeName.FullName;
        var child = Of(ast.Child);
        if (name.Equals("ordered", StringComparison.OrdinalIgnoreCase) && ast.Child is HashtableAst table)
            return Table(table, isOrdered: true);
        if (name.Equals("pscustomobject", StringComparison.OrdinalIgnoreCase) && ast.Child is HashtableAst properties)
        {
            var entries = Table(properties, isOrdered: true);
            return f => Made((IDictionary)entries(f)!);
        }

        if (name.Equals("pscustomobject", StringComparison.OrdinalIgnoreCase))
            return f => Values.OrNull(child(f)) is var value && value is IDictionary some ? Made(some) : value;

        if (name.Equals("ref", StringComparison.OrdinalIgnoreCase)) return Refuse(ast, "It passes a reference to a variable");
        if (ast.Type.TypeName.GetReflectionType() is not { } type || type.Assembly.IsDynamic) return f => TypeOf(ast.Type.TypeName, ast);
        if (type == typeof(void))
        {
            return f =>
            {
                child(f);
                return Values.Nothing;
            };
        }

        return f => Conversions.To(At(f, ast, child(f)), type);

        static PSObject Made(IDictionary table)
        {
            var made = new PSObject();
            foreach (DictionaryEntry entry in table) made.Properties.Add(new PSNoteProperty(Text.Of(entry.Key), entry.Value));
            return made;
        }
    }
}
