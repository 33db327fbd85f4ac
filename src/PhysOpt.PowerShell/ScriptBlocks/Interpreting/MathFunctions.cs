using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>The functions of [Math] and [double], of plain and traced numbers.</summary>
internal static class MathFunctions
{
    /// <summary>Functions of one double, which all numbers are converted to.</summary>
    static readonly Dictionary<string, (Func<double, double> Plain, Func<TracedNumber, TracedNumber> Traced)> OfOne =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Sqrt"] = (System.Math.Sqrt, PhysOpt.Math.Sqrt),
            ["Cbrt"] = (System.Math.Cbrt, PhysOpt.Math.Cbrt),
            ["Exp"] = (System.Math.Exp, PhysOpt.Math.Exp),
            ["Log"] = (System.Math.Log, PhysOpt.Math.Log),
            ["Log2"] = (System.Math.Log2, PhysOpt.Math.Log2),
            ["Log10"] = (System.Math.Log10, PhysOpt.Math.Log10),
            ["Sin"] = (System.Math.Sin, PhysOpt.Math.Sin),
            ["Cos"] = (System.Math.Cos, PhysOpt.Math.Cos),
            ["Tan"] = (System.Math.Tan, PhysOpt.Math.Tan),
            ["Asin"] = (System.Math.Asin, PhysOpt.Math.Asin),
            ["Acos"] = (System.Math.Acos, PhysOpt.Math.Acos),
            ["Atan"] = (System.Math.Atan, PhysOpt.Math.Atan),
            ["Sinh"] = (System.Math.Sinh, PhysOpt.Math.Sinh),
            ["Cosh"] = (System.Math.Cosh, PhysOpt.Math.Cosh),
            ["Tanh"] = (System.Math.Tanh, PhysOpt.Math.Tanh),
            ["Asinh"] = (System.Math.Asinh, PhysOpt.Math.Asinh),
            ["Acosh"] = (System.Math.Acosh, PhysOpt.Math.Acosh),
            ["Atanh"] = (System.Math.Atanh, PhysOpt.Math.Atanh),
        };

    static readonly Dictionary<string, (Func<double, double, double> Plain, Func<TracedNumber, TracedNumber, TracedNumber> Traced)> OfTwo =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Pow"] = (System.Math.Pow, PhysOpt.Math.Pow),
            ["Atan2"] = (System.Math.Atan2, PhysOpt.Math.Atan2),
            ["CopySign"] = (System.Math.CopySign, PhysOpt.Math.CopySign),
            ["Hypot"] = (double.Hypot, PhysOpt.Math.Hypot),
            ["Log"] = (System.Math.Log, PhysOpt.Math.Log),
        };

    /// <summary>Functions of PhysOpt alone.</summary>
    static readonly Dictionary<string, Func<TracedNumber, TracedNumber>> Special = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Erf"] = PhysOpt.Math.Erf,
        ["Erfc"] = PhysOpt.Math.Erfc,
        ["Gamma"] = PhysOpt.Math.Gamma,
        ["LogGamma"] = PhysOpt.Math.LogGamma,
        ["Expm1"] = PhysOpt.Math.Expm1,
        ["Log1p"] = PhysOpt.Math.Log1p,
    };

    static readonly ConcurrentDictionary<string, TypeCode> Overloads = new();

    /// <summary>The types whose static methods these are.</summary>
    internal static bool Knows(Type type) => type == typeof(System.Math) || type == typeof(double) || type == typeof(PhysOpt.Math);

    /// <summary>[type]::name(arguments).</summary>
    /// <exception cref="TraceRefusedException">It cannot be recorded.</exception>
    internal static object? Call(Type type, string name, object?[] arguments, CallCasts? casts = null)
    {
        if (arguments is [double x] && OfOne.TryGetValue(name, out var one)) return one.Plain(x);
        if (arguments is [double a, double b] && OfTwo.TryGetValue(name, out var two) && IsOf(type, name)) return two.Plain(a, b);
        if (type == typeof(PhysOpt.Math) && arguments.Any(argument => Values.List(argument) is not null)) // lists become fields
            return RawCall.Static(type, name, [.. arguments.Select(argument => Values.List(argument)?.ToArray() ?? argument)]);
        var isTraced = false;
        foreach (var argument in arguments)
        {
            if (argument is TracedNumber or Field { IsTraced: true }) isTraced = true;
            else if (Values.HoldsTraced(argument))
                throw argument is TracedText ? Text.Used()
                    : new TraceRefusedException($"[{type.Name}]::{name} takes numbers, and is given {Text.Kind(argument)}");
        }

        if (!isTraced) return PlainScript.StaticCall(arguments.Any(argument => argument is Field) ? typeof(PhysOpt.Math) : type, name,
            arguments, casts);
        if (arguments.Any(argument => argument is Field)) return RawCall.Static(typeof(PhysOpt.Math), name, arguments);
        if (!IsOf(type, name)) throw Unknown(type, name);
        return Traced(type, name, arguments, casts) ?? throw Unknown(type, name);
    }

    static object? Traced(Type type, string name, object?[] arguments, CallCasts? casts)
    {
        switch (name.ToUpperInvariant(), arguments.Length)
        {
            case ("ABS", 1) when arguments[0] is TracedNumber number:
                return PhysOpt.Math.Abs(number).As(number.Type);
            case ("SIGN", 1) when arguments[0] is TracedNumber number:
                if (!Conversions.IsWhole(number.Type) && Comparison.IsNaN(number, isGuard: true))
                    throw new RuntimeException("Function does not accept floating point Not-a-Number values.", new ArithmeticException());
                return PhysOpt.Math.Sign(number).As(TypeCode.Int32, 1);
            case ("FLOOR" or "CEILING" or "TRUNCATE" or "ROUND", 1) when arguments[0] is TracedNumber number:
                return Rounded(type, name, number);
            case ("ROUND", 2 or 3) when arguments[0] is TracedNumber number:
                return RoundedTo(type, number, arguments[1..]);
            case ("MAX" or "MIN", 2) or ("CLAMP", 3):
                return Chosen(type, name, arguments, casts);
            case ("COPYSIGN", 2):
                return PhysOpt.Math.CopySign(Number(arguments[0]), WithSign(Number(arguments[1])));
            case ("FUSEDMULTIPLYADD", 3):
                return PhysOpt.Math.FusedMultiplyAdd(Number(arguments[0]), Number(arguments[1]), Number(arguments[2]));
            case ("IEEEREMAINDER", 2) when type == typeof(System.Math):
            case ("IEEE754REMAINDER", 2) when type == typeof(double):
                return Remainder(Number(arguments[0]), Number(arguments[1]));
            case ("EXPM1", 1) when type == typeof(double): // .NET computes it so
                return PhysOpt.Math.Exp(Number(arguments[0])) - 1.0;
            case ("LOGP1", 1) when type == typeof(double):
                return PhysOpt.Math.Log(Number(arguments[0]) + 1.0);
            case ("RECIPROCALESTIMATE" or "RECIPROCALSQRTESTIMATE", _):
                return null;
        }

        if (type == typeof(double) && arguments is [TracedNumber asked] && Asked(name, asked) is { } answer) return answer;
        if (arguments.Length == 1 && OfOne.TryGetValue(name, out var one)) return one.Traced(Number(arguments[0]));
        if (arguments.Length == 2 && OfTwo.TryGetValue(name, out var two)) return two.Traced(Number(arguments[0]), Number(arguments[1]));
        return type == typeof(PhysOpt.Math) && arguments.Length == 1 && Special.TryGetValue(name, out var special)
            ? special(Number(arguments[0])) : null;
    }

    /// <summary>What is left of x from the nearest multiple of y, an even one where two are as near, as .NET computes it.</summary>
    static TracedNumber Remainder(TracedNumber x, TracedNumber y)
    {
        var least = x % y;
        if (Comparison.IsNaN(least, isGuard: true)) return least;
        var other = least - (PhysOpt.Math.Abs(y) * PhysOpt.Math.Sign(x));
        var (far, near) = (PhysOpt.Math.Abs(other), PhysOpt.Math.Abs(least));
        if (!Comparison.AreEqual(far, near)) return Comparison.Holds("lt", far, near) ? other : least;
        var quotient = x / y;
        return Comparison.Holds("gt", PhysOpt.Math.Abs(PhysOpt.Math.Round(quotient)), PhysOpt.Math.Abs(quotient)) ? other : least;
    }

    /// <summary>Questions of [double] about a number; each answer is a guard. Null for other names.</summary>
    static bool? Asked(string name, TracedNumber x)
    {
        if (x.Type != TypeCode.Double) x = x.As(TypeCode.Double);
        return name.ToUpperInvariant() switch
        {
            "ISNAN" => !Comparison.AreEqual(x, x),
            "ISFINITE" => Comparison.AreEqual(x, x) && Comparison.Holds("lt", PhysOpt.Math.Abs(x), double.PositiveInfinity),
            "ISINFINITY" => Comparison.AreEqual(PhysOpt.Math.Abs(x), double.PositiveInfinity),
            "ISPOSITIVEINFINITY" => Comparison.AreEqual(x, double.PositiveInfinity),
            "ISNEGATIVEINFINITY" => Comparison.AreEqual(x, double.NegativeInfinity),
            "ISNEGATIVE" => Comparison.Holds("lt", PhysOpt.Math.CopySign(1.0, WithSign(x)), 0.0),
            "ISPOSITIVE" => Comparison.Holds("gt", PhysOpt.Math.CopySign(1.0, WithSign(x)), 0.0),
            "ISINTEGER" => Comparison.AreEqual(PhysOpt.Math.Truncate(x), x)
                && Comparison.Holds("lt", PhysOpt.Math.Abs(x), double.PositiveInfinity),
            _ => null,
        };
    }

    /// <summary>A number whose sign is asked for; a guard keeps NaN away, whose sign no record keeps.</summary>
    /// <exception cref="TraceRefusedException">It is NaN.</exception>
    static TracedNumber WithSign(TracedNumber number) => Comparison.IsNaN(number, isGuard: true)
        ? throw new TraceRefusedException("It asks for the sign of NaN") : number;

    /// <summary>Of a whole number PowerShell takes the overload for decimals.</summary>
    static TracedNumber Rounded(Type type, string name, TracedNumber number)
    {
        if (Conversions.IsWhole(number.Type))
        {
            return type != typeof(double) ? number.As(TypeCode.Decimal, double.Min(number.Largest, 9007199254740992.0))
                : number.As(TypeCode.Double);
        }

        if (Conversions.IsRough(number)) throw new TraceRefusedException("It rounds a traced decimal, which doubles cannot decide");
        var rounded = name.ToUpperInvariant() switch
        {
            "FLOOR" => PhysOpt.Math.Floor(number),
            "CEILING" => PhysOpt.Math.Ceiling(number),
            "TRUNCATE" => PhysOpt.Math.Truncate(number),
            _ => PhysOpt.Math.Round(number),
        };
        return rounded.As(number.Type);
    }

    /// <summary>
    /// [Math]::Round(number, digits, mode), as .NET computes it: the rounded product with a power of ten, divided by that.
    /// </summary>
    static TracedNumber RoundedTo(Type type, TracedNumber number, object?[] how)
    {
        if (number.Type != TypeCode.Double) throw new TraceRefusedException("It rounds a traced number that is no double to some digits");
        if (Values.HoldsTraced(how)) throw new TraceRefusedException($"[{type.Name}]::Round is given a traced number of digits");
        _ = PlainScript.StaticCall(type, "Round", [0.5, .. how]); // bad digits and modes are errors
        var isModeAlone = how.Length == 1 && how[0] is MidpointRounding or string && !(how[0] is string text && int.TryParse(text, out _));
        var digits = isModeAlone ? 0 : LanguagePrimitives.ConvertTo<int>(how[0]);
        var mode = isModeAlone || how.Length == 2 ? LanguagePrimitives.ConvertTo<MidpointRounding>(how[^1]) : MidpointRounding.ToEven;
        if (isModeAlone || digits == 0) return ToWhole(number, mode);
        if (!Comparison.Holds("lt", PhysOpt.Math.Abs(number), 1e16)) return number;
        var power = double.Parse($"1e{digits}", CultureInfo.InvariantCulture);
        return ToWhole(number * power, mode) / power;
    }

    static TracedNumber ToWhole(TracedNumber number, MidpointRounding mode) => mode switch
    {
        MidpointRounding.ToEven => PhysOpt.Math.Round(number),
        MidpointRounding.AwayFromZero => PhysOpt.Math.Truncate(number + PhysOpt.Math.CopySign(0.49999999999999994, number)),
        MidpointRounding.ToZero => PhysOpt.Math.Truncate(number),
        MidpointRounding.ToNegativeInfinity => PhysOpt.Math.Floor(number),
        _ => PhysOpt.Math.Ceiling(number),
    };

    /// <summary>
    /// Max, Min and Clamp have overloads for whole numbers, which PowerShell may take though one argument is a double: [Math]::Max(0, 0.7)
    /// is 1.
    /// </summary>
    static TracedNumber Chosen(Type type, string name, object?[] arguments, CallCasts? casts)
    {
        var overload = TypeCode.Double;
        if (type != typeof(double))
        {
            var types = string.Join(", ", arguments.Select((argument, i) => (casts?.Of(i) is { } cast ? $"[{cast.Name}]" : "")
                + (argument is TracedNumber number ? number.Type.ToString() : Values.OrNull(argument)?.GetType().Name ?? "null")));
            overload = Overloads.GetOrAdd($"{type.FullName}.{name.ToUpperInvariant()}({types})", _ =>
                Type.GetTypeCode(PlainScript.StaticCall(type, name,
                    [.. arguments.Select((each, i) => Sample(each, arguments.Length == 3 && i == 1 ? 0 : 1))], casts)!.GetType()));
            if (overload is not (TypeCode.Double or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Decimal))
            {
                throw new TraceRefusedException($"[Math]::{name}({types}) is computed as {overload}, since PowerShell goes by the types of "
                    + "all of them: write [double] before each");
            }

            if (Conversions.IsWhole(overload)
                && arguments.Any(argument => argument is TracedNumber number && !Conversions.IsWhole(number.Type)))
            {
                throw new TraceRefusedException($"[Math]::{name}({types}) is computed in whole numbers, since PowerShell goes by the whole "
                    + "number among them: write 0.0 instead of 0");
            }

            if (Conversions.IsWhole(overload)) arguments = [.. arguments.Select(argument => Conversions.To(argument, typeof(long)))];
            if (overload == TypeCode.Decimal) throw new TraceRefusedException($"[Math]::{name}({types}) is computed in decimals");
        }

        TracedNumber[] numbers = [.. arguments.Select(Number)];
        // bounds in the wrong order are an error, here and nowhere else
        if (numbers.Length == 3 && arguments[1..].Any(Values.HoldsTraced)) _ = Comparison.Holds("gt", numbers[1], numbers[2]);
        var result = name.ToUpperInvariant() switch
        {
            "MAX" => PhysOpt.Math.Max(numbers[0], numbers[1]),
            "MIN" => PhysOpt.Math.Min(numbers[0], numbers[1]),
            _ when type == typeof(double) => Within(numbers[0], numbers[1], numbers[2]),
            _ => PhysOpt.Math.Clamp(numbers[0], numbers[1], numbers[2]),
        };
        return result.As(overload);
    }

    /// <summary>[double]::Clamp: a maximum and a minimum, which tell the zeros apart as [Math]::Clamp does not.</summary>
    static TracedNumber Within(TracedNumber number, TracedNumber low, TracedNumber high)
    {
        _ = PhysOpt.Math.Clamp(number, low, high); // bounds in the wrong order are an error
        return PhysOpt.Math.Min(PhysOpt.Math.Max(number, low), high);
    }

    /// <summary>A plain value of the type of an argument, for PowerShell to choose an overload by; a lower bound is lower.</summary>
    static object? Sample(object? argument, int number) => argument switch
    {
        TracedNumber traced => Convert.ChangeType(number, traced.Type, CultureInfo.InvariantCulture),
        string => number.ToString(CultureInfo.InvariantCulture),
        IConvertible plain => Convert.ChangeType(number, plain.GetTypeCode(), CultureInfo.InvariantCulture),
        _ => argument,
    };

    static TracedNumber Number(object? value) => value as TracedNumber is { } traced
        ? traced.As(TypeCode.Double) : (TracedNumber)LanguagePrimitives.ConvertTo<double>(PlainScript.Real(value));

    /// <summary>True for a function that the type has, so that one of PhysOpt's does not pass for one of .NET's.</summary>
    static bool IsOf(Type type, string name) => Names.GetOrAdd(type, static each =>
        [.. each.GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static).Select(method =>
            method.Name)]).Contains(name);

    static readonly ConcurrentDictionary<Type, NameSet> Names = new();

    static TraceRefusedException Unknown(Type type, string name) =>
        new($"[{type.Name}]::{name} is a method of .NET that cannot be recorded");

    /// <summary>Names without regard to case.</summary>
    sealed class NameSet() : HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
