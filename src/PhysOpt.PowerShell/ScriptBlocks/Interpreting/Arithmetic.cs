using System.Collections;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>The arithmetic of PowerShell, of plain values and traced numbers.</summary>
/// <remarks>
/// Rules of PowerShell for a number x on the other side: $null + x is x itself, $null * x is $null, x * $null is 0; text on the right and
/// Booleans are read as numbers; text on the left of + and * makes text; a list on the left of + and * grows; decimals make decimals.
/// </remarks>
internal static class Arithmetic
{
    const long MostElements = 20_000_000; // of a list that one operation makes
    const double LargestDecimal = 7.9e28;
    const double LargestWhole = 9007199254740992.0; // from here on doubles skip whole numbers
    const double SmallestDecimal = 1e-13; // a decimal has 28 places: below it keeps less than 15 digits

    /// <summary>left + right.</summary>
    internal static object? Add(object? left, object? right)
    {
        if (left is double a && right is double b) return a + b;
        if (left is TracedNumber x && right is TracedNumber y)
            return x.Type == TypeCode.Double && y.Type == TypeCode.Double ? x + y : Traced('+', x, y);
        if (left is int i && right is int j && (long)i + j is var sum) return (int)sum == sum ? (object)(int)sum : (double)sum;
        if (IsList(left)) return Joined(left, right);
        return Any('+', left, right);
    }

    /// <summary>left - right.</summary>
    internal static object? Subtract(object? left, object? right)
    {
        if (left is double a && right is double b) return a - b;
        if (left is TracedNumber x && right is TracedNumber y)
            return x.Type == TypeCode.Double && y.Type == TypeCode.Double ? x - y : Traced('-', x, y);
        if (left is int i && right is int j && (long)i - j is var difference)
            return (int)difference == difference ? (object)(int)difference : (double)difference;
        return Any('-', left, right);
    }

    /// <summary>left * right.</summary>
    internal static object? Multiply(object? left, object? right)
    {
        if (left is double a && right is double b) return a * b;
        if (left is TracedNumber x && right is TracedNumber y)
            return x.Type == TypeCode.Double && y.Type == TypeCode.Double ? x * y : Traced('*', x, y);
        if (left is int i && right is int j && (long)i * j is var product)
            return (int)product == product ? (object)(int)product : (double)product;
        if (IsList(left)) return Repeated(left, right);
        return Any('*', left, right);
    }

    /// <summary>left / right.</summary>
    internal static object? Divide(object? left, object? right)
    {
        if (left is double a && right is double b) return a / b;
        if (left is TracedNumber { Type: TypeCode.Double } x && right is TracedNumber { Type: TypeCode.Double } y) return x / y;
        return Any('/', left, right);
    }

    /// <summary>left % right.</summary>
    internal static object? Remainder(object? left, object? right)
    {
        if (left is double a && right is double b) return a % b;
        return Any('%', left, right);
    }

    /// <summary>-value, which PowerShell computes as 0 - value.</summary>
    internal static object? Negate(object? value) => value switch
    {
        double number => 0 - number,
        int and not int.MinValue => -(int)value,
        TracedNumber number => Traced('-', 0, number),
        _ => Values.HoldsTraced(value) ? throw Unfit("-", null, value) : PlainScript.Unary("-", value),
    };

    static object? Any(char symbol, object? left, object? right)
    {
        (left, right) = (Values.OrNull(left), Values.OrNull(right));
        if (left is Field || right is Field) return Fields(symbol, left, right);
        if (left is TracedText || right is TracedText)
            return symbol == '+' && left is TracedText or string ? Text.Joined(left, right) : throw Text.Used();
        var isTraced = left is TracedNumber || right is TracedNumber;
        if (!isTraced)
        {
            if (left is double or int && right is double or int && !(left is int && right is int))
                return Doubles(symbol, Double(left), Double(right));
            if (left is null && symbol is '+' or '*' && right is not string) return symbol == '+' ? right : null;
            var areTables = left is Hashtable && right is Hashtable && symbol == '+'; // whose sum has the very entries
            if (!areTables && (Values.HoldsTraced(left) || Values.HoldsTraced(right))) throw Unfit(symbol.ToString(), left, right);
            return PlainScript.Binary(symbol.ToString(), left, right);
        }

        if (left is null) return symbol switch { '+' => right, '*' => null, _ => Traced(symbol, 0, (TracedNumber)right!) };
        if (left is string or char && symbol == '+') return Text.Joined(left, right);
        if (left is string && symbol == '*') throw Unfit("*", left, right);
        return Traced(symbol, Operand(symbol, left, left, right, isLeft: true), Operand(symbol, right, left, right, isLeft: false));
    }

    /// <summary>What an operand counts as beside a traced number.</summary>
    static object Operand(char symbol, object? value, object? left, object? right, bool isLeft) => value switch
    {
        TracedNumber or double or int or long or decimal or float => value,
        null => 0,
        true when isLeft && symbol is not ('+' or '-') => throw Unfit(symbol.ToString(), left, right),
        false when isLeft && symbol is not ('+' or '-') => throw Unfit(symbol.ToString(), left, right),
        bool flag => flag ? 1 : 0,
        string text => LanguagePrimitives.TryConvertTo<double>(text, out _) ? PlainScript.Binary("+", 0, text)! // 2, 2.0, 2L or 2d
            : throw Unfit(symbol.ToString(), left, right),
        char letter when !isLeft => (int)letter,
        _ => Conversions.IsNumber(value) ? value : throw Unfit(symbol.ToString(), left, right),
    };

    /// <summary>Arithmetic where one operand at least is traced and both are numbers.</summary>
    static TracedNumber Traced(char symbol, object left, object right)
    {
        var (a, b) = (Conversions.TypeOf(left), Conversions.TypeOf(right));
        if (a == TypeCode.Decimal || b == TypeCode.Decimal) return Decimals(symbol, left, right);
        if (!Conversions.IsWhole(a) || !Conversions.IsWhole(b)) return Apply(symbol, left, right);
        if (a is TypeCode.UInt32 or TypeCode.UInt64 || b is TypeCode.UInt32 or TypeCode.UInt64)
            throw new TraceRefusedException("It computes with an unsigned number and a traced whole one, which may have no sign");
        var type = a == TypeCode.Int64 || b == TypeCode.Int64 ? TypeCode.Int64 : TypeCode.Int32;
        var (most, least) = (Size(left), Size(right));
        if (symbol is '+' or '-') return Fitting(Apply(symbol, left, right), type, most + least);
        if (symbol == '*') return Fitting(Apply('*', left, right) + 0.0, type, most * least); // -1 * 0 is 0

        // whole numbers cannot be divided by 0, and their quotient is whole where it comes out even
        if (Comparison.AreEqual(right, 0.0))
            throw new RuntimeException("Attempted to divide by zero.", new DivideByZeroException("Attempted to divide by zero."));
        if (symbol == '%') return (Apply('%', left, right) + 0.0).As(type, double.Min(most, least));
        var isEven = Comparison.AreEqual(Apply('%', left, right), 0.0);
        return isEven ? (Apply('/', left, right) + 0.0).As(type, most) : Apply('/', left, right);
    }

    /// <summary>A whole number where it fits its type; a double where it is too large for an int, as PowerShell has it.</summary>
    /// <exception cref="TraceRefusedException">It is so large that doubles skip whole numbers.</exception>
    static TracedNumber Fitting(TracedNumber result, TypeCode type, double size)
    {
        var most = type == TypeCode.Int32 ? int.MaxValue : LargestWhole;
        if (size <= most) return result.As(type, size);
        if (Comparison.Holds("le", PhysOpt.Math.Abs(result), most)) return result.As(type, most);
        return type == TypeCode.Int32 ? result
            : throw new TraceRefusedException("It computes with a whole number of more than 15 digits, which doubles do not hold");
    }

    /// <summary>What the size of a whole number cannot exceed.</summary>
    static double Size(object value)
    {
        var size = value is TracedNumber number
            ? double.Min(number.Largest, number.Type == TypeCode.Int64 ? LargestWhole : int.MaxValue) : double.Abs(Double(value));
        return size <= LargestWhole ? size
            : throw new TraceRefusedException("It computes with a whole number of more than 15 digits, which doubles do not hold");
    }

    /// <summary>
    /// PowerShell computes with decimals where one operand is one. As long as they keep their digits, doubles give the same to 15 of them.
    /// </summary>
    static TracedNumber Decimals(char symbol, object left, object right)
    {
        if (symbol == '%') throw new TraceRefusedException("It takes the remainder of a traced decimal, which doubles cannot decide");
        var result = Apply(symbol, AsDecimal(left), AsDecimal(right));
        if (symbol is '+' or '-' && IsExact(left) && IsExact(right) && Size(left) + Size(right) is var size and <= LargestWhole)
            return result.As(TypeCode.Decimal, size);
        foreach (var each in new[] { left, right, result })
        {
            if (each is not TracedNumber number) continue;
            // zero is exact, but which sign a sum or difference of zero has, decimals decide in their own way
            if (number.Value == 0 && (symbol is '*' or '/' || !ReferenceEquals(each, result)) && number.Equals(0.0)) continue;
            var far = PhysOpt.Math.Abs(number);
            if (!Comparison.Holds("gt", far, SmallestDecimal) || !Comparison.Holds("lt", far, LargestDecimal))
                throw new TraceRefusedException("A number this small or large has too few digits as a decimal: write 1.5 in place of 1.5d");
        }

        return result.As(TypeCode.Decimal);
    }

    /// <summary>A number where it becomes a decimal: -0 becomes 0, and a [single] keeps its seven digits.</summary>
    static object AsDecimal(object value) => value is TracedNumber { Type: TypeCode.Double, Value: 0 } zero ? zero + 0.0
        : value is float single ? (double)(decimal)single : value;

    /// <summary>True for whole numbers, which [Math]::Floor of one makes decimals.</summary>
    static bool IsExact(object value) => value is TracedNumber number ? double.IsFinite(number.Largest)
        : Conversions.IsWhole(Conversions.TypeOf(value));

    static TracedNumber Apply(char symbol, object left, object right)
    {
        if (left is TracedNumber a)
        {
            return right is TracedNumber b
                ? symbol switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b }
                : Double(right) is var number
                    ? symbol switch { '+' => a + number, '-' => a - number, '*' => a * number, '/' => a / number, _ => a % number }
                    : a;
        }

        var (plain, y) = (Double(left), (TracedNumber)right);
        return symbol switch { '+' => plain + y, '-' => plain - y, '*' => plain * y, '/' => plain / y, _ => plain % y };
    }

    static double Doubles(char symbol, double a, double b) =>
        symbol switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b };

    static double Double(object value) => value switch
    {
        double number => number,
        int number => number,
        _ => LanguagePrimitives.ConvertTo<double>(value),
    };

    /// <summary>Fields know their arithmetic with fields, numbers and traced numbers.</summary>
    static object Fields(char symbol, object? left, object? right)
    {
        var (a, b) = (Whole(left), Whole(right));
        return symbol switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b };

        dynamic Whole(object? value) => value is Field or TracedNumber ? value
            : Conversions.IsNumber(value) ? LanguagePrimitives.ConvertTo<double>(value) : throw Unfit(symbol.ToString(), left, right);
    }

    static bool IsList(object? value) => value is object?[] or TypedArray or NumberList
        || (value is not (null or string or TracedNumber or double or int or bool or System.Collections.IDictionary or Field)
            && value is System.Collections.IList or System.Collections.ArrayList);

    /// <summary>list + value: a new array, into which the elements of a list on the right go.</summary>
    static object?[] Joined(object? left, object? right)
    {
        var joined = new List<object?>(Values.List(left)!);
        if (ReferenceEquals(right, Values.Nothing)) return [.. joined]; // a pipeline that put nothing out
        if (Values.Elements(right) is { } more) joined.AddRange(more.Cast<object?>().Select(Values.Seen));
        else joined.Add(Values.OrNull(right));
        return [.. joined];
    }

    /// <summary>The length of a list that one operation makes.</summary>
    /// <exception cref="TraceRefusedException">It is too long to be walked.</exception>
    internal static int Length(long count) => count <= MostElements ? (int)count
        : throw new TraceRefusedException($"It makes a list of {count:N0} elements when it is traced");

    /// <summary>list * count.</summary>
    static object Repeated(object? left, object? count)
    {
        var times = Conversions.Concrete(count);
        if (times < 0) throw new RuntimeException($"A list cannot be repeated {times} times.");
        var items = Values.List(left)!;
        var many = new object?[Length((long)items.Count * times)];
        for (var i = 0; i < many.Length; i++) many[i] = items[i % items.Count];
        return left is TypedArray { Rank: 1 } typed ? TypedArray.Of(typed.ElementType, many) : many;
    }

    static TraceRefusedException Unfit(string symbol, object? left, object? right) =>
        new($"{Text.Describe(left, right, symbol)}");
}
