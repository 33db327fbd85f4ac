using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Rewriting;

/// <summary>
/// What rewritten scripts call where PowerShell's own operators would lose a traced number: the same as the operator does to plain numbers.
/// Not meant to be called by people.
/// </summary>
public static class TracedScript
{
    static readonly ConcurrentDictionary<string, ScriptBlock> Operators = new();
    static readonly ConcurrentDictionary<string, (ScriptBlock Plain, ScriptBlock Traced)> Functions = new();
    static readonly ConcurrentDictionary<string, bool> Exact = new();

    /// <summary>
    /// The truth of a value, as if and -and see it: a number is true unless it is 0, a list of one is what its element is.
    /// </summary>
    public static bool IsTrue(object? value)
    {
        var plain = Numbers.Unwrap(value);
        if (plain is TracedNumber number) return !number.Equals(0);
        if (plain is IList { Count: 1 } list && Numbers.Unwrap(list[0]) is TracedNumber only) return IsTrue(only);
        return plain is Field ? true : LanguagePrimitives.IsTrue(plain);
    }

    /// <summary>left -eq right and so on; where left is a list, its elements of which it holds.</summary>
    /// <param name="comparison">eq, ne, lt, le, gt or ge.</param>
    /// <param name="left">A traced or plain value or a list.</param>
    /// <param name="right">A traced or plain value.</param>
    public static object? Compare(string comparison, object? left, object? right)
    {
        var (a, b) = (Numbers.Unwrap(left), Numbers.Unwrap(right));
        if (a is IList list)
            return list.Cast<object?>().Any(IsTraced) || IsTraced(b)
                ? list.Cast<object?>().Where(each => Holds(comparison, Numbers.Unwrap(each), b)).ToArray() : Plain(comparison, left, right);
        return IsTraced(a) || IsTraced(b) ? Holds(comparison, a, b) : Plain(comparison, left, right);
    }

    /// <summary>left -contains right, left -in right, and their opposites.</summary>
    public static bool Contains(string comparison, object? left, object? right)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var isIn = comparison.EndsWith("in", StringComparison.Ordinal) && !comparison.EndsWith("contain", StringComparison.Ordinal);
        var (list, value) = isIn ? (Numbers.Unwrap(right), Numbers.Unwrap(left)) : (Numbers.Unwrap(left), Numbers.Unwrap(right));
        var items = list is IList many ? many : new[] { list };
        var found = items.Cast<object?>().Any(item => LanguagePrimitives.IsTrue(Compare("eq", item, value)));
        return found != comparison.StartsWith("not", StringComparison.Ordinal);
    }

    /// <summary>[double]value.</summary>
    public static object? ToNumber(object? value)
    {
        var plain = Numbers.Unwrap(value);
        if (plain is TracedNumber) return plain;
        if (plain is IList { Count: 1 } list && Numbers.Unwrap(list[0]) is TracedNumber only) return only;
        return LanguagePrimitives.ConvertTo<double>(value);
    }

    /// <summary>[double[]]value: a new list where one of its numbers is traced.</summary>
    public static object? ToNumbers(object? value) => Numbers.Unwrap(value) switch
    {
        TracedNumber number => new object?[] { number },
        IList list when list.Cast<object?>().Any(item => Numbers.Unwrap(item) is TracedNumber) =>
            list.Cast<object?>().Select(ToNumber).ToArray(),
        object?[] list => list.Select(ToNumber).ToArray(),
        _ => LanguagePrimitives.ConvertTo<double[]>(value).Cast<object?>().ToArray(),
    };

    /// <summary>[double[]]::new(count), with room for traced numbers.</summary>
    public static object[] NewNumbers(int count)
    {
        var numbers = new object[count];
        Array.Fill(numbers, 0.0);
        return numbers;
    }

    /// <summary>value -as type.</summary>
    public static object? As(object? value, object? type)
    {
        if (Numbers.Unwrap(value) is not TracedNumber number) return Invoke("-as", value, type);
        return TypeOf(type) == typeof(double) ? number
            : throw new TracingException("TraceConverted",
                $"A traced number can be converted to [double] only, not to [{TypeOf(type).Name}].");
    }

    /// <summary>value -is type; a traced number is a double.</summary>
    public static bool Is(object? value, object? type) =>
        Numbers.Unwrap(value) is TracedNumber ? TypeOf(type).IsAssignableFrom(typeof(double))
            : LanguagePrimitives.IsTrue(Invoke("-is", value, type));

    /// <summary>value -isnot type.</summary>
    public static bool IsNot(object? value, object? type) => !Is(value, type);

    /// <summary>An argument of a method that takes plain values only.</summary>
    public static object? Plain(string method, object? value) =>
        IsTraced(value) || (Numbers.Unwrap(value) is IList list && list.Cast<object?>().Any(IsTraced))
        ? throw new TracingException("TraceMethod", $"{method} is a method of .NET that cannot be recorded")
        : value;

    /// <summary>What &amp; is to call: a block of the script's own text, which has been looked through with the rest.</summary>
    public static object? OfThisText(object? value) => Numbers.Unwrap(value) is ScriptBlock block && RewrittenBlock.IsOfThisText(block)
        ? value
        : throw new TracingException("TraceCalled",
            $"It calls {(Numbers.Unwrap(value) is ScriptBlock ? "a block" : $"'{value}'")} from elsewhere, which cannot be looked into");

    /// <summary>[double]::ExpM1(value), which .NET computes as written here: not as [PhysOpt.Math]::Expm1 does.</summary>
    public static object? ExpM1(object? value) => Numbers.Unwrap(value) is TracedNumber traced
        ? PhysOpt.Math.Exp(traced) - 1.0 : double.ExpM1(LanguagePrimitives.ConvertTo<double>(value));

    /// <summary>[double]::LogP1(value), which .NET computes as written here: not as [PhysOpt.Math]::Log1p does.</summary>
    public static object? LogP1(object? value) => Numbers.Unwrap(value) is TracedNumber traced
        ? PhysOpt.Math.Log(traced + 1.0) : double.LogP1(LanguagePrimitives.ConvertTo<double>(value));

    /// <summary>[Math]::Max(a, b).</summary>
    public static object? Max(object? a, object? b) => Choose("Max", a, b);

    /// <summary>[Math]::Min(a, b).</summary>
    public static object? Min(object? a, object? b) => Choose("Min", a, b);

    /// <summary>[Math]::Clamp(value, low, high).</summary>
    public static object? Clamp(object? value, object? low, object? high) => Choose("Clamp", value, low, high);

    /// <summary>
    /// A function of [Math] with an overload for whole numbers, which PowerShell may take though one argument is a double: [Math]::Max(0,
    /// 0.7) is 1.
    /// </summary>
    static object? Choose(string function, params object?[] arguments)
    {
        object?[] plain = [.. arguments.Select(Numbers.Unwrap)];
        var call = Functions.GetOrAdd($"{function}{plain.Length}", _ => Pair(function, plain.Length));
        if (!plain.Any(argument => argument is TracedNumber))
            return Result(plain.Any(argument => argument is Field) ? call.Traced : call.Plain, arguments);

        var types = string.Join(", ", plain.Select(argument => argument is TracedNumber ? "Double" : argument?.GetType().Name ?? "null"));
        var isExact = Exact.GetOrAdd($"{function}({types})", _ =>
            Result(call.Plain, [.. plain.Select(argument => argument is TracedNumber ? 0.7 : argument is IConvertible
                ? Convert.ChangeType(1, argument.GetType(), System.Globalization.CultureInfo.InvariantCulture) : argument)]) is double);
        return isExact ? Result(call.Traced, arguments) : throw new TracingException(
            "TraceRounded",
            $"[Math]::{function}({types}) is computed in whole numbers, since PowerShell goes by the whole number among them: "
            + "write 0.0 instead of 0");
    }

    static (ScriptBlock Plain, ScriptBlock Traced) Pair(string function, int count)
    {
        var names = string.Join(", ", Enumerable.Range(0, count).Select(i => $"$a{i}"));
        return (ScriptBlock.Create($"param({names}) , [Math]::{function}({names})"),
            ScriptBlock.Create($"param({names}) , [PhysOpt.Math]::{function}({names})"));
    }

    static object? Result(ScriptBlock block, object?[] arguments) => Numbers.Unwrap(block.InvokeReturnAsIs(arguments));

    static bool Holds(string comparison, object? a, object? b)
    {
        if (!IsTraced(a) && !IsTraced(b)) return LanguagePrimitives.IsTrue(Plain(comparison, a, b));
        if (comparison is "eq" or "ne" && (a is null || b is null)) return comparison == "ne";
        var (left, right) = (Number(a, b), Number(b, a));
        var traced = left as TracedNumber ?? (TracedNumber)(double)left;
        return comparison switch
        {
            "eq" => traced.Equals(right),
            "ne" => !traced.Equals(right),
            "lt" => traced.CompareTo(right) < 0,
            "le" => traced.CompareTo(right) <= 0,
            "gt" => traced.CompareTo(right) > 0,
            _ => traced.CompareTo(right) >= 0,
        };
    }

    /// <summary>What PowerShell compares: text on the right of a number is read as one.</summary>
    static object Number(object? value, object? other) => value switch
    {
        TracedNumber => value,
        string when other is not TracedNumber => throw Incomparable(value),
        null or bool or char or DateTime or Field => throw Incomparable(value),
        _ => LanguagePrimitives.TryConvertTo<double>(value, out var number) ? number : throw Incomparable(value),
    };

    static TracingException Incomparable(object? value) => new(
        "TraceNotComparable", $"A traced number can be compared with a number, not with " +
            $"{(value is null ? "nothing ($null)" : $"a {value.GetType().Name}")}.");

    static Type TypeOf(object? type) => LanguagePrimitives.ConvertTo<Type>(type);

    static bool IsTraced(object? value) => Numbers.Unwrap(value) is TracedNumber or Field;

    static object? Plain(string comparison, object? left, object? right) => Invoke($"-{comparison}", left, right);

    /// <summary>PowerShell's own operator on plain values.</summary>
    static object? Invoke(string symbol, object? left, object? right)
    {
        var block = Operators.GetOrAdd(symbol, each => ScriptBlock.Create($"param($a, $b) , ($a {each} $b)"));
        return Result(block, [left, right]);
    }
}
