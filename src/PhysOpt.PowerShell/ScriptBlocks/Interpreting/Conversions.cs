using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Conversions of values: [double]value, -as, -is, and the types of variables and parameters.</summary>
internal static class Conversions
{
    /// <summary>[type]value.</summary>
    /// <exception cref="TraceRefusedException">The type cannot hold a traced number.</exception>
    internal static object? To(object? value, Type type)
    {
        value = Values.OrNull(value);
        if (type == typeof(object) || type == typeof(PSObject)) return value;
        if (type == typeof(bool)) return Truth.Of(value);
        if (type == typeof(double) && value is double or TracedNumber { Type: TypeCode.Double }) return WrittenNumber.Bare(value);
        if (type == typeof(double) && value is int whole) return (double)whole;
        if (type == typeof(int) && value is int or TracedNumber { Type: TypeCode.Int32 }) return WrittenNumber.Bare(value);
        if (Nullable.GetUnderlyingType(type) is { } inner) return value is null ? null : To(value, inner);
        if (value is TracedNumber number) return OfNumber(number, type);
        if (value is TracedText) return type == typeof(string) ? value : throw Text.Used();
        if (value is BlockValue && type == typeof(ScriptBlock)) return value;
        if (value is TypedArray same && same.Type == type) return value;
        if (value is NumberList numbers ? numbers.ElementType == ElementOfList(type) : value is not null && value.GetType() == type)
            return value;
        if (type.IsInterface && value is TypedArray or NumberList or IDictionary && type.IsAssignableFrom(TypeOfValue(value)))
            return value;
        if (type == typeof(string) && Values.HoldsTraced(value)) return new TracedText(Text.Of(value));
        if (type == typeof(Field) && value is Field) return value;
        if (type == typeof(Array) && value is not null) return value is object?[] or TypedArray ? value : ToArray(value, typeof(object));
        if (IsScalar(type) && Values.HoldsTraced(value))
        {
            if (Values.List(value) is not { } list) throw Unfit(value, type);
            // which is the script's own error, whatever the numbers are
            return LanguagePrimitives.ConvertTo(list.Select(_ => (object)0.7).ToArray(), type,
                System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.IsArray && type.GetArrayRank() == 1) return ToArray(value, type.GetElementType()!);
        if (Lists.Covers(type) && (Values.HoldsOwn(value) || ElementOfList(type) is not null))
            return value is null ? null : Lists.Of(value, type, sample => LanguagePrimitives.ConvertTo(sample, type,
                System.Globalization.CultureInfo.InvariantCulture));
        if (type == typeof(Field) && Values.HoldsTraced(value))
            return new Field((System.Collections.ICollection)Values.List(value)!.Select(Values.Seen).ToArray());
        if (Values.HoldsTraced(value))
        {
            return type.IsInstanceOfType(value) ? value
                : type == typeof(PSCustomObject) || type == typeof(Hashtable) ? throw Unfit(value, type)
                : throw Unfit(value, type);
        }

        return Values.Seen(LanguagePrimitives.ConvertTo(PlainScript.Real(value), type, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>value -as type: $null where it does not convert.</summary>
    internal static object? As(object? value, Type type)
    {
        if (Values.HoldsTraced(value)) return To(value, type);
        return LanguagePrimitives.TryConvertTo(PlainScript.Real(value), type, System.Globalization.CultureInfo.InvariantCulture,
            out var result)
            ? Values.Seen(result) : null;
    }

    /// <summary>value -is type.</summary>
    internal static bool Is(object? value, Type type) => Values.OrNull(value) switch
    {
        null => false,
        not PSObject when type == typeof(PSObject) =>
            throw new TraceRefusedException("It asks whether a value came out of a pipeline, which a trace does not keep"),
        TracedNumber { Type: TypeCode.Decimal } => type.IsAssignableFrom(typeof(decimal)),
        TracedNumber number => type.IsAssignableFrom(NetType(number.Type)),
        TracedText => type.IsAssignableFrom(typeof(string)),
        TypedArray array => type.IsAssignableFrom(array.Type),
        NumberList list => type.IsAssignableFrom(typeof(List<>).MakeGenericType(list.ElementType)),
        BlockValue => type.IsAssignableFrom(typeof(ScriptBlock)),
        Collection<object?> => type.IsAssignableFrom(typeof(Collection<PSObject>)),
        var other => LanguagePrimitives.IsTrue(PlainScript.Binary("-is", other, type)),
    };

    /// <summary>The type that a script is told of a value.</summary>
    internal static Type TypeOfValue(object value) => value switch
    {
        TracedNumber number => NetType(number.Type),
        TracedText => typeof(string),
        TypedArray array => array.Type,
        NumberList list => typeof(List<>).MakeGenericType(list.ElementType),
        BlockValue => typeof(ScriptBlock),
        Collection<object?> => typeof(Collection<PSObject>),
        _ => value.GetType(),
    };

    /// <summary>True for a plain number of any type.</summary>
    internal static bool IsNumber(object? value) => value is not Enum && value is IConvertible convertible
        && convertible.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <summary>True for the types of whole numbers.</summary>
    internal static bool IsWhole(TypeCode type) => type is >= TypeCode.SByte and <= TypeCode.UInt64;

    /// <summary>True for a traced decimal of which only 15 digits are right, so that it cannot be rounded or compared.</summary>
    internal static bool IsRough(TracedNumber number) => number.Type == TypeCode.Decimal && double.IsInfinity(number.Largest);

    /// <summary>The type of a number, traced or plain.</summary>
    internal static TypeCode TypeOf(object value) => value is TracedNumber number ? number.Type : ((IConvertible)value).GetTypeCode();

    /// <summary>The whole number that a range, an index or a count needs: of a traced one it is a guard that it stays the same.</summary>
    internal static int Concrete(object? value)
    {
        value = Values.OrNull(value);
        if (value is int whole) return whole;
        if (value is not TracedNumber)
            return Values.HoldsTraced(value) ? throw Unfit(value, typeof(int)) : LanguagePrimitives.ConvertTo<int>(PlainScript.Real(value));
        var number = (TracedNumber)OfNumber((TracedNumber)value, typeof(int));
        _ = number.Equals(number.Value);
        return (int)number.Value;
    }

    /// <summary>What $null is as a value of a type: 0, $false, empty text.</summary>
    internal static object? Default(Type type) =>
        LanguagePrimitives.ConvertTo(null, type, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Why a type cannot hold a value.</summary>
    internal static TraceRefusedException Unfit(object? value, Type type)
    {
        if (type == typeof(string) || type == typeof(char)) return new(Text.Made);
        var what = value is TracedNumber ? "a traced number" : $"{Text.Kind(value)} with traced numbers";
        var name = Names.GetValueOrDefault(type) ?? (type.IsGenericType ? LanguagePrimitives.ConvertTo<string>(type) : type.Name);
        return new($"[{name}] cannot hold {what}");
    }

    static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(float)] = "float",
        [typeof(decimal)] = "decimal",
        [typeof(byte)] = "byte",
        [typeof(DateTime)] = "datetime",
        [typeof(TimeSpan)] = "timespan",
    };

    static object OfNumber(TracedNumber number, Type type)
    {
        if (type == typeof(double)) return number.As(TypeCode.Double);
        if (type == typeof(object) || type == typeof(IComparable)) return number;
        if (type == typeof(decimal)) return (TracedNumber)Arithmetic.Add(number, 0m)!;
        if (type == typeof(int) || type == typeof(long))
        {
            if (number.Type == TypeCode.Int32 || (number.Type == TypeCode.Int64 && type == typeof(long)))
                return type == typeof(int) ? number : number.As(TypeCode.Int64, double.Min(number.Largest, 9007199254740992.0));
            if (IsRough(number)) throw new TraceRefusedException("It rounds a traced decimal, which doubles cannot decide");
            var limit = type == typeof(int) ? 2147483647.5 : 9007199254740992.0; // from here on doubles skip whole numbers
            if (!Comparison.Holds("lt", PhysOpt.Math.Abs(number), limit))
                throw new TraceRefusedException($"[{(type == typeof(int) ? "int" : "long")}] cannot hold a number as large as it is here");
            var nearest = Conversions.IsWhole(number.Type) ? number : PhysOpt.Math.Round(number) + 0.0; // -0 becomes 0
            return type == typeof(int) ? nearest.As(TypeCode.Int32, int.MaxValue) : nearest.As(TypeCode.Int64, limit);
        }

        if (type == typeof(Array)) return new object?[] { number };
        if (type.IsArray && type.GetArrayRank() == 1) return ToArray(number, type.GetElementType()!)!;
        if (ElementOfList(type) is not null) return Lists.Of(number, type, static each => each);
        if (type == typeof(Field)) return new Field((TracedNumber[])[number]);
        throw Unfit(number, type);
    }

    static object? ToArray(object? value, Type element)
    {
        if (value is null) return null;
        if (!Values.HoldsOwn(value) && Values.Elements(value) is not object?[] { Length: 0 } && !IsNumeric(element))
            return Values.Seen(LanguagePrimitives.ConvertTo(PlainScript.Real(value), element.MakeArrayType(),
                System.Globalization.CultureInfo.InvariantCulture));
        var items = (Values.Elements(value) ?? new[] { value }).Cast<object?>().Select(each => To(Values.Seen(each), element)).ToArray();
        if (element == typeof(object)) return items;
        if (!IsNumeric(element) && !element.IsArray)
            return Values.HoldsOwn(items) ? throw Unfit(value, element)
                : LanguagePrimitives.ConvertTo(items, element.MakeArrayType(), System.Globalization.CultureInfo.InvariantCulture);
        return TypedArray.Of(element, items);
    }

    /// <summary>Refuses to put traced numbers into a collection of numbers of .NET, which holds nothing else.</summary>
    /// <exception cref="TraceRefusedException">The type is one.</exception>
    internal static void RefuseOfNumbers(Type type)
    {
        if (!IsOfNumbers(type)) return;
        throw new TraceRefusedException($"[{LanguagePrimitives.ConvertTo<string>(type)}] cannot hold a traced number: use a "
            + $"{type.Name.Split('`')[0]} of [object]");
    }

    /// <summary>True for a collection of numbers of .NET, or of arrays.</summary>
    internal static bool IsOfNumbers(Type type)
    {
        var held = type.GetGenericArguments();
        if (typeof(IDictionary).IsAssignableFrom(type) && held.Length > 0) held = held[^1..]; // whatever the keys are
        return held.Any(each => IsNumeric(each) || each.IsArray);
    }

    /// <summary>The element type of a List of numbers; null for other types.</summary>
    internal static Type? ElementOfList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) && IsNumeric(type.GetGenericArguments()[0])
            ? type.GetGenericArguments()[0] : null;

    static bool IsNumeric(Type type) => (type.IsPrimitive && type != typeof(char)) || type == typeof(decimal);

    static bool IsScalar(Type type) => type.IsPrimitive || type == typeof(decimal);

    static Type NetType(TypeCode type) => type switch
    {
        TypeCode.Int32 => typeof(int),
        TypeCode.Int64 => typeof(long),
        TypeCode.Decimal => typeof(decimal),
        _ => typeof(double),
    };
}
