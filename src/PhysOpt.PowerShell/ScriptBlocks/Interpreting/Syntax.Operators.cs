using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <content>Operators of one and two operands.</content>
internal static partial class Syntax
{
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
            if (!(before is TracedNumber || Conversions.IsNumber(before)))
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

        static object? End(object? value) => value is TracedNumber ? Conversions.Concrete(value) : value;
    }

    /// <summary>An operand of an operator on bits: a traced whole number by a guard that it stays the same.</summary>
    static object? Bits(object? value, string symbol) => value switch
    {
        TracedNumber { Type: TypeCode.Int64 } number => (long)Conversions.Concrete(number),
        TracedNumber number when Conversions.IsWhole(number.Type) => Conversions.Concrete(number),
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
