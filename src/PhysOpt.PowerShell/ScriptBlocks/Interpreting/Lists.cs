using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// Lists of .NET that are made of other lists. What PowerShell makes of which list depends on both and on how they meet: [List[object]] of
/// a [double[]] holds the array, a parameter of that type its elements, and AddRange is an error. So it is asked, by a sample alike.
/// </summary>
internal static class Lists
{
    /// <summary>True for the types of lists that traced numbers can be in.</summary>
    internal static bool Covers(Type type) => type == typeof(List<object>) || type == typeof(ArrayList)
        || Conversions.ElementOfList(type) is not null;

    /// <summary>A value as a list of a type.</summary>
    /// <param name="value">The value, which is not $null.</param>
    /// <param name="type">The type, one of those that are covered.</param>
    /// <param name="ask">What PowerShell makes of a sample.</param>
    internal static object Of(object value, Type type, Func<object?, object?> ask)
    {
        var isPlain = value is TypedArray or object?[] or TracedNumber or double or int && Conversions.ElementOfList(type) is not null;
        IEnumerable items = Values.Elements(value) ?? new[] { value };
        if (!isPlain)
        {
            var sample = Sample(value);
            var made = ask(sample);
            made = made is PSObject wrapped ? wrapped.BaseObject : made;
            if (made is NumberList own) made = own.ToPlain();
            if (made is not ICollection some) throw Conversions.Unfit(value, type);
            var first = some.Cast<object?>().FirstOrDefault();
            if (some.Count == 1 && sample is IEnumerable && Values.OrNull(Values.Seen(first))?.GetType() == Values.Seen(sample)?.GetType())
                items = new[] { value }; // it holds the list itself
        }

        if (Conversions.ElementOfList(type) is { } element)
        {
            var list = new NumberList(element);
            list.Items.AddRange(Converted(items, element));
            return list;
        }

        object?[] all = [.. items.Cast<object?>()];
        return type == typeof(ArrayList) ? new ArrayList(all) : new List<object?>(all);
    }

    /// <summary>The elements that a list of numbers takes from an argument of its constructor, of AddRange or InsertRange.</summary>
    /// <param name="values">The argument.</param>
    /// <param name="element">The type of the list's elements.</param>
    /// <param name="ask">Calls the method with a sample; an error is the script's own.</param>
    internal static object?[] Taken(object? values, Type element, Action<object?> ask)
    {
        var isAlike = values is TypedArray array ? array.Rank == 1 && array.ElementType == element
            : values is NumberList list && list.ElementType == element;
        if (!isAlike) ask(Sample(values));
        return Converted(Values.Elements(values) ?? new[] { values }, element);
    }

    static object?[] Converted(IEnumerable items, Type element) =>
        [.. items.Cast<object?>().Select(each => Conversions.To(Values.Seen(each), element))];

    /// <summary>The same with plain numbers in the place of traced ones, as PowerShell has it.</summary>
    /// <exception cref="TraceRefusedException">It is an object of another kind.</exception>
    internal static object? Sample(object? value) => value switch
    {
        TracedNumber number => Convert.ChangeType(1, number.Type, CultureInfo.InvariantCulture),
        TypedArray { Rank: 1, ElementType.IsArray: false } array => Array.CreateInstance(array.ElementType, array.Count),
        NumberList list => Filled(list),
        object?[] list => list.Select(Sample).ToArray(),
        ArrayList list => new ArrayList(list.Cast<object?>().Select(Sample).ToArray()),
        List<object?> list => list.Select(Sample).ToList(),
        Collection<object?> list =>
            new Collection<PSObject>([.. list.Select(each => each is null ? null! : PSObject.AsPSObject(Sample(each)))]),
        _ => Values.HoldsOwn(value) ? throw new TraceRefusedException($"It makes a list of {Text.Kind(value)} with traced numbers") : value,
    };

    static IList Filled(NumberList list)
    {
        var sample = new NumberList(list.ElementType);
        for (var i = 0; i < list.Count; i++) sample.Items.Add(Conversions.Default(list.ElementType));
        return sample.ToPlain();
    }
}
