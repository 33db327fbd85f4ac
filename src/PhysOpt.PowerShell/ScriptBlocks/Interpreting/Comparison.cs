using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// The comparisons and truths of PowerShell, of plain values and traced numbers: an answer about a traced number is a guard.
/// </summary>
internal static class Comparison
{
    /// <summary>left -eq right and so on: an answer, or the elements of a list on the left of which it holds.</summary>
    /// <param name="name">eq, ne, lt, le, gt or ge, with a c in front where case counts.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    internal static object? Compare(string name, object? left, object? right)
    {
        if (left is int i && right is int j) return Answer(Short(name), i.CompareTo(j));
        if (left is double a && right is double b) return Doubles(Short(name), a, b);
        if (left is TracedNumber { Type: not TypeCode.Decimal } x && right is TracedNumber { Type: not TypeCode.Decimal } or double or int)
            return Holds(Short(name), x, right);
        (left, right) = (Values.OrNull(left), Values.OrNull(right));
        if (Values.Elements(left) is { } elements)
            return elements.Cast<object?>().Select(Values.Seen).Where(each => IsMatch(name, each, right)).ToArray();
        return One(name, left, right);
    }

    /// <summary>Whether a relation holds for an element of a list: a list in it is one thing.</summary>
    static bool IsMatch(string name, object? element, object? right)
    {
        if (Values.Elements(element) is null || Values.HoldsTraced(element) || Values.HoldsTraced(right))
            return Truth.Of(One(name, element, right));
        return Values.List(PlainScript.Binary("-" + name, new object?[] { element }, right))?.Count > 0;
    }

    static object? One(string name, object? left, object? right)
    {
        if (left is TracedText || right is TracedText) throw Text.Used();
        if (left is not TracedNumber && right is not TracedNumber)
        {
            // a list or table is not $null, whatever it holds
            if (Short(name) is "eq" or "ne" && (left is null || (right is null && left is not Field))
                && Values.HoldsOwn(left ?? right)) return Short(name) == "ne";
            if (left is Field || right is Field || Values.HoldsTraced(left) || Values.HoldsTraced(right)) throw Unfit(left, right);
            return PlainScript.Binary("-" + name, left, right);
        }

        var relation = Short(name);
        if (left is null) return relation is "eq" or "ne" ? relation == "ne" : BesideNull(relation, right!, isLeft: false);
        if (right is null) return relation is "eq" or "ne" ? relation == "ne" : BesideNull(relation, left, isLeft: true);
        if (left is bool flag) return Answer(relation, flag.CompareTo(Truth.Of(right))); // the right side becomes a Boolean
        if (left is string or char) throw Unfit(left, right);
        return Holds(relation, Number(left, left, right), Number(right, left, right));
    }

    /// <summary>A number beside $null: a negative one is less, all others are greater, and NaN is neither.</summary>
    static bool BesideNull(string relation, object number, bool isLeft)
    {
        if (IsNaN(number)) return false;
        var sign = Holds("lt", number, 0.0) ? -1 : 1;
        return Answer(relation, isLeft ? sign : -sign);
    }

    /// <summary>What the right side of a comparison counts as beside a number.</summary>
    static object Number(object value, object? left, object? right) => value switch
    {
        TracedNumber number when Conversions.IsRough(number) =>
            throw new TraceRefusedException("It compares a traced decimal, which doubles cannot decide"),
        TracedNumber or double or int => value,
        decimal => throw new TraceRefusedException("It compares a traced number with a decimal, which doubles cannot decide"),
        bool flag => flag ? 1.0 : 0.0,
        string or char => LanguagePrimitives.TryConvertTo<double>(value, out var parsed) ? parsed : throw Unfit(left, right),
        _ => Conversions.IsNumber(value) ? LanguagePrimitives.ConvertTo<double>(value) : throw Unfit(left, right),
    };

    /// <summary>A relation between two numbers, of which one at least is traced; a guard.</summary>
    internal static bool Holds(string relation, object left, object right)
    {
        if (relation is "eq" or "ne") return AreEqual(left, right) == (relation == "eq");
        var first = left as TracedNumber ?? (TracedNumber)LanguagePrimitives.ConvertTo<double>(left);
        if (IsNaN(first) || IsNaN(right)) return false; // NaN is neither less nor greater
        return Answer(relation, first.CompareTo(right));
    }

    /// <summary>
    /// True for a traced whole number from the first one on. The guard lies half way between two whole numbers, so that it is the same for
    /// the first one and for those beyond it.
    /// </summary>
    internal static bool IsFrom(TracedNumber whole, long first) => Holds("gt", whole, first - 0.5);

    /// <summary>True for one of so many from 0 on.</summary>
    internal static bool IsBelow(TracedNumber whole, int count) => IsFrom(whole, 0) && Holds("lt", whole, count - 0.5);

    /// <summary>How two values are sorted, negative, zero or positive: NaN comes before all numbers, as CompareTo has it.</summary>
    internal static int Order(object? left, object? right)
    {
        var (a, b) = (left is not null && IsNaN(left), right is not null && IsNaN(right));
        if (a || b) return a && b ? 0 : a ? -1 : 1;
        if (left is not TracedNumber && right is not TracedNumber)
            return Truth.Of(Compare("lt", left, right)) ? -1 : Truth.Of(Compare("gt", left, right)) ? 1 : 0;
        return Truth.Of(One("lt", left, right)) ? -1 : Truth.Of(One("gt", left, right)) ? 1 : 0;
    }

    /// <summary>
    /// Sorts numbers by insertion as .NET does, smallest first: each comparison is a guard, and what is equal keeps its order. $null comes
    /// before all numbers, where PowerShell has it between those below 0 and the others.
    /// </summary>
    internal static void Sort(IList<object?> items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            var (moving, place) = (items[i], i);
            for (; place > 0 && IsBefore(moving, items[place - 1]); place--) items[place] = items[place - 1];
            items[place] = moving;
        }

        static bool IsBefore(object? left, object? right) => right is not null && (left is null || Order(left, right) < 0);
    }

    /// <summary>Whether two numbers are equal; a guard where one is traced. NaN equals nothing.</summary>
    internal static bool AreEqual(object left, object right)
    {
        if (left is TracedNumber first) return first.Equals(right);
        var plain = LanguagePrimitives.ConvertTo<double>(left);
        return right is TracedNumber second ? second.Equals(plain) : plain == LanguagePrimitives.ConvertTo<double>(right);
    }

    /// <summary>left -contains right, left -in right and their opposites.</summary>
    internal static bool Contains(string name, object? left, object? right)
    {
        var isCase = name.StartsWith('c') && !name.StartsWith("contains", StringComparison.Ordinal);
        var plain = isCase ? name[1..] : name;
        var (list, value) = plain is "in" or "notin" ? (right, left) : (left, right);
        var equal = isCase ? "ceq" : "eq";
        var found = (Values.Elements(Values.OrNull(list)) ?? new[] { list }).Cast<object?>()
            .Any(each => IsMatch(equal, Values.Seen(each), Values.OrNull(value)));
        return found != plain.StartsWith("not", StringComparison.Ordinal);
    }

    /// <summary>True for NaN; where it is traced, a guard says so. That a number is none, the guards of its comparisons say.</summary>
    /// <param name="value">The number.</param>
    /// <param name="isGuard">Whether a guard is wanted for what is no NaN, too.</param>
    internal static bool IsNaN(object value, bool isGuard = false) => value switch
    {
        double number => double.IsNaN(number),
        TracedNumber number => (isGuard || double.IsNaN(number.Value)) && !number.Equals(number),
        _ => false,
    };

    static string Short(string name) => name.Length == 3 ? name[1..] : name;

    static bool Answer(string relation, int sign) => relation switch
    {
        "eq" => sign == 0,
        "ne" => sign != 0,
        "lt" => sign < 0,
        "le" => sign <= 0,
        "gt" => sign > 0,
        _ => sign >= 0,
    };

    static bool Doubles(string relation, double a, double b) => relation switch
    {
        "eq" => a == b,
        "ne" => a != b,
        "lt" => a < b,
        "le" => a <= b,
        "gt" => a > b,
        _ => a >= b,
    };

    static TraceRefusedException Unfit(object? left, object? right)
    {
        if (left is Field || right is Field) return new("A field cannot be compared, for it is many numbers");
        return new(left is TracedNumber || right is TracedNumber
            ? $"It compares a traced number with {Text.Kind(left is TracedNumber ? right : left)}"
            : $"It compares {Text.Kind(left)} with {Text.Kind(right)}, of which one holds traced numbers");
    }
}
