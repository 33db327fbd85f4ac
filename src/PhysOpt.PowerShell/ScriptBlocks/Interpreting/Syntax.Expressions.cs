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
                var name = Values.OrNull(key(f));
                if (Values.HoldsTraced(name)) throw Indexing.KeyTraced();
                f.Recording.At(part);
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

    static Evaluation Unary(UnaryExpressionAst ast)
    {
        if (IsStep(ast)) return Step(ast);
        var child = Of(ast.Child);
        return ast.TokenKind switch
        {
            TokenKind.Not or TokenKind.Exclaim => f => !Truth.Of(At(f, ast, child(f))),
            TokenKind.Minus => f => Arithmetic.Negate(At(f, ast, Values.OrNull(child(f)))),
            TokenKind.Plus => f => Arithmetic.Add(0, At(f, ast, child(f))),
            TokenKind.Comma => f => new[] { child(f) },
            TokenKind.Bnot => f => PlainScript.Unary("-bnot", Bits(At(f, ast, child(f)), "-bnot")),
            TokenKind.Join => f => Text.Operator("-join", At(f, ast, child(f)), ""),
            TokenKind.Isplit or TokenKind.Csplit => f => Text.Operator("-split", At(f, ast, child(f)), " "),
            _ => Refuse(ast, $"It uses the operator {ast.TokenKind}, which is not known"),
        };
    }

    static bool IsStep(UnaryExpressionAst ast) => ast.TokenKind
        is TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus;

    /// <summary>++ and --, before and after.</summary>
    static Evaluation Step(UnaryExpressionAst ast)
    {
        var target = Target(ast.Child);
        var step = ast.TokenKind is TokenKind.PlusPlus or TokenKind.PostfixPlusPlus ? 1 : -1;
        var isAfter = ast.TokenKind is TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus;
        return f =>
        {
            var place = target(f);
            var before = Values.OrNull(place.Get()) ?? 0;
            f.Recording.At(ast);
            if (!(before is Tracing.TracedNumber || Conversions.IsNumber(before)))
                throw new RuntimeException("The '++' operator works only on numbers.");
            var after = Arithmetic.Add(before, step);
            place.Set(after);
            return isAfter ? before : after;
        };
    }

    static Evaluation Binary(BinaryExpressionAst ast)
    {
        var (left, right) = (Of(ast.Left), Of(ast.Right));
        var name = OperatorName(ast.Operator);
        switch (name)
        {
            case "plus": return Of2(Arithmetic.Add);
            case "minus": return Of2(Arithmetic.Subtract);
            case "multiply": return Of2(Arithmetic.Multiply);
            case "divide": return Of2(Arithmetic.Divide);
            case "rem": return Of2(Arithmetic.Remainder);
            case "and": return f => Truth.Of(At(f, ast.Left, left(f))) && Truth.Of(At(f, ast.Right, right(f)));
            case "or": return f => Truth.Of(At(f, ast.Left, left(f))) || Truth.Of(At(f, ast.Right, right(f)));
            case "xor": return f => Truth.Of(At(f, ast.Left, left(f))) ^ Truth.Of(At(f, ast.Right, right(f)));
            case "eq" or "ne" or "lt" or "le" or "gt" or "ge" or "ceq" or "cne" or "clt" or "cle" or "cgt" or "cge":
                return Of2((a, b) => Comparison.Compare(name, a, b));
            case "in" or "notin" or "contains" or "notcontains" or "cin" or "cnotin" or "ccontains" or "cnotcontains":
                return Of2((a, b) => Comparison.Contains(name, a, b));
            case "is": return Of2((a, b) => Conversions.Is(a, TypeNamed(b)));
            case "isnot": return Of2((a, b) => !Conversions.Is(a, TypeNamed(b)));
            case "as": return Of2((a, b) => Conversions.As(a, TypeNamed(b)));
            case "dotdot": return Of2(Range);
            case "format": return Of2(Text.Formatted);
            case "questionquestion": return f => Values.OrNull(left(f)) ?? right(f);
            case "band" or "bor" or "bxor" or "shl" or "shr":
                return Of2((a, b) => PlainScript.Binary("-" + name, Bits(a, "-" + name), Bits(b, "-" + name)));
            case "match" or "cmatch" or "notmatch" or "cnotmatch":
                return f =>
                {
                    var (text, wanted) = (left(f), right(f));
                    f.Recording.At(ast);
                    return Text.Matched(f, "-" + name, text, wanted);
                };
            case "join" or "split" or "csplit" or "like" or "clike"
                or "notlike" or "cnotlike" or "replace" or "creplace":
                return Of2((a, b) => Text.Operator("-" + name, a, b));
            default: return Refuse(ast, $"It uses the operator {ast.Operator}, which is not known");
        }

        Evaluation Of2(Func<object?, object?, object?> operation) => f =>
        {
            var a = left(f);
            var b = right(f);
            f.Recording.At(ast);
            return operation(a, b);
        };
    }

    static object?[] Range(object? from, object? to)
    {
        if (from is string or char || to is string or char) return (object?[])PlainScript.Binary("..", End(from), End(to))!;
        var (first, last) = (Conversions.Concrete(from), Conversions.Concrete(to));
        var range = new object?[Arithmetic.Length(long.Abs((long)last - first) + 1)];
        for (var i = 0; i < range.Length; i++) range[i] = last >= first ? first + i : first - i;
        return range;

        static object? End(object? value) => value is Tracing.TracedNumber ? Conversions.Concrete(value) : value;
    }

    /// <summary>An operand of an operator on bits: a traced whole number by a guard that it stays the same.</summary>
    static object? Bits(object? value, string symbol) => value switch
    {
        Tracing.TracedNumber { Type: TypeCode.Int64 } number => (long)Conversions.Concrete(number),
        Tracing.TracedNumber number when Conversions.IsWhole(number.Type) => Conversions.Concrete(number),
        _ when Values.HoldsTraced(value) =>
            throw new TraceRefusedException($"{symbol} works on whole numbers, and a traced number is none"),
        _ => value,
    };

    static Type TypeNamed(object? type) => Values.OrNull(type) as Type ?? LanguagePrimitives.ConvertTo<Type>(type);

    static T At<T>(Frame f, Ast ast, T value)
    {
        f.Recording.At(ast);
        return value;
    }

    /// <summary>The name of an operator, without an i in front where case does not matter anyway.</summary>
    static string OperatorName(TokenKind kind)
    {
        var name = kind.ToString().ToLowerInvariant();
        return name is "is" or "isnot" or "in" or "join" ? name
            : name.StartsWith('i') && name.Length > 2 && char.IsUpper(kind.ToString()[0]) ? name[1..] : name;
    }
}
