using System.Collections;
using System.Globalization;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Methods of arrays and lists of numbers, which may hold traced ones.</summary>
internal static class CollectionMethods
{
    /// <summary>array.name(arguments); null where PowerShell itself is to be asked.</summary>
    internal static object? OfArray(TypedArray array, string name, object?[] arguments)
    {
        switch (name.ToUpperInvariant(), arguments.Length)
        {
            case ("CLONE", 0):
                return array.Clone();
            case ("GETLENGTH" or "GETLONGLENGTH", 1):
                return array.Length(Conversions.Concrete(arguments[0]));
            case ("GETUPPERBOUND", 1):
                return array.Length(Conversions.Concrete(arguments[0])) - 1;
            case ("GETLOWERBOUND", 1):
                return 0;
            case ("GETVALUE", _) when array.Place([.. arguments.Select(Conversions.Concrete)]) is var place and >= 0:
                return array[place];
            case ("SETVALUE", _) when array.Place([.. arguments[1..].Select(Conversions.Concrete)]) is var place and >= 0:
                array[place] = Conversions.To(arguments[0], array.ElementType);
                return Values.Nothing;
            case ("COPYTO", 2):
                return CopiedTo(array, arguments);
            case ("TOSTRING", 0):
                return array.Type.ToString();
        }

        return array.Plain is not null ? null : throw new TraceRefusedException($"The method {name} of an array "
            + (Values.HoldsTraced(array) ? "with traced numbers cannot be recorded" : "of arrays is one of .NET that cannot be recorded"));
    }

    /// <summary>list.name(arguments); null where PowerShell itself is to be asked.</summary>
    internal static object? OfList(NumberList list, string name, object?[] arguments)
    {
        var items = list.Items;
        object? To(object? value) => Conversions.To(value, list.ElementType);
        object?[] All(params object?[] before) => Lists.Taken(arguments[^1], list.ElementType, sample =>
            PlainScript.Call(new NumberList(list.ElementType).ToPlain(), name, [.. before, sample]));
        int At(int place) => Conversions.Concrete(arguments[place]);
        switch (name.ToUpperInvariant(), arguments.Length)
        {
            case ("ADD", 1): list.Changing.Add(To(arguments[0])); break;
            case ("ADDRANGE", 1): list.Changing.AddRange(All()); break;
            case ("INSERT", 2): list.Changing.Insert(At(0), To(arguments[1])); break;
            case ("INSERTRANGE", 2): list.Changing.InsertRange(At(0), All(0)); break;
            case ("REMOVEAT", 1): list.Changing.RemoveAt(At(0)); break;
            case ("REMOVERANGE", 2): list.Changing.RemoveRange(At(0), At(1)); break;
            case ("CLEAR", 0): list.Changing.Clear(); break;
            case ("REVERSE", 0): list.Changing.Reverse(); break;
            case ("REVERSE", 2): list.Changing.Reverse(At(0), At(1)); break;
            case ("SORT", 0): Comparison.Sort(list.Changing); break;
            case ("TRIMEXCESS", 0): break;
            case ("COPYTO", 1 or 2 or 4) when arguments.Any(each => each is TypedArray array && array.ElementType == list.ElementType):
                return CopiedTo(list, arguments);
            case ("TOARRAY", 0): return TypedArray.Of(list.ElementType, [.. items]);
            case ("GET_ITEM", 1): return items[At(0)];
            case ("SET_ITEM", 2): list.Changing[At(0)] = To(arguments[1]); break;
            case ("GETRANGE", 2):
                var range = new NumberList(list.ElementType);
                range.Items.AddRange(items.GetRange(At(0), At(1)));
                return range;
            default:
                return Values.HoldsTraced(items) || Values.HoldsTraced(arguments)
                    ? throw new TraceRefusedException($"The method {name} of a list of numbers cannot be recorded with traced ones")
                    : null;
        }

        return Values.Nothing;
    }

    /// <summary>[Array]::Copy and its kin, which move elements.</summary>
    internal static object? OfArrayClass(string name, object?[] arguments)
    {
        switch (name.ToUpperInvariant(), arguments)
        {
            case ("COPY", [TypedArray or object?[], TypedArray or object?[], _]):
                return Copied(arguments[0]!, 0, arguments[1]!, 0, Conversions.Concrete(arguments[2]));
            case ("COPY" or "CONSTRAINEDCOPY", [TypedArray or object?[], _, TypedArray or object?[], _, _]):
                return Copied(arguments[0]!, Conversions.Concrete(arguments[1]), arguments[2]!, Conversions.Concrete(arguments[3]),
                    Conversions.Concrete(arguments[4]));
            case ("REVERSE" or "CLEAR" or "SORT", [TypedArray { Plain: null } array]):
                return Rearranged(name, array, 0, array.Count);
            case ("REVERSE" or "CLEAR", [TypedArray { Plain: null } array, _, _]):
                return Rearranged(name, array, Conversions.Concrete(arguments[1]), Conversions.Concrete(arguments[2]));
            case ("FILL", [TypedArray array, ..]) when arguments.Length is 2 or 4:
                return Filled(array, arguments);
            case ("FILL", [object?[], ..]) when Values.HoldsOwn(arguments):
                throw new TraceRefusedException("It fills an array of objects by [Array]::Fill, which PowerShell does for some of them "
                    + "only: use a loop");
            case ("SORT", [object?[] list]) when Values.HoldsTraced(list):
                Comparison.Sort(list);
                return Values.Nothing;
            case ("REVERSE", [object?[] list]):
                Array.Reverse(list);
                return Values.Nothing;
            case ("REVERSE", [object?[] list, _, _]):
                Array.Reverse(list, Conversions.Concrete(arguments[1]), Conversions.Concrete(arguments[2]));
                return Values.Nothing;
            case ("CREATEINSTANCE", [Type type, ..]):
                return Values.Seen(Array.CreateInstance(type, [.. arguments[1..].Select(Conversions.Concrete)]));
            default:
                return null;
        }
    }

    static object Rearranged(string name, TypedArray array, int start, int count)
    {
        object?[] part = [.. array.Skip(start).Take(count)];
        switch (name.ToUpperInvariant())
        {
            case "REVERSE": Array.Reverse(part); break;
            case "CLEAR": Array.Fill(part, Conversions.Default(array.ElementType)); break;
            default: Comparison.Sort(part); break;
        }

        for (var i = 0; i < part.Length; i++) array[start + i] = part[i];
        return Values.Nothing;
    }

    /// <summary>
    /// collection.CopyTo(array), also with a place in it, and with where it begins and how many; null where PowerShell is to be asked.
    /// </summary>
    internal static object? CopiedTo(object from, object?[] arguments)
    {
        var at = arguments.Length == 4 ? 1 : 0;
        if (arguments[at] is not (TypedArray or object?[])) return null;
        if (arguments[at] is TypedArray && from is not (NumberList or TypedArray or object?[]) && from.GetType().IsGenericType)
            throw new TraceRefusedException("CopyTo of a collection of objects fills a copy of an array of numbers only: use a loop");
        object?[] items = [.. ((IEnumerable)from).Cast<object?>()];
        var start = at == 0 ? 0 : Conversions.Concrete(arguments[0]);
        var place = arguments.Length == 1 ? 0 : Conversions.Concrete(arguments[at + 1]);
        var count = arguments.Length > 2 ? Conversions.Concrete(arguments[^1]) : items.Length;
        return Copied(from is TypedArray ? from : items, start, arguments[at]!, place, count);
    }

    static object Copied(object from, int start, object to, int place, int count)
    {
        var source = Values.List(from)!;
        if (start < 0 || place < 0 || count < 0 || start + count > source.Count)
            throw new ArgumentException("Source array was not long enough.");
        object?[] items = [.. source.Skip(start).Take(count)];
        if (to is object?[] list)
        {
            Array.Copy(items, 0, list, place, count);
            return Values.Nothing;
        }

        var typed = (TypedArray)to;
        if (place + count > typed.Count) throw new ArgumentException("Destination array was not long enough.");
        if (typed.Handed() is { } real && !items.Any(Values.HoldsOwn))
            Array.Copy((from as TypedArray)?.Handed() ?? (Array)items, from is TypedArray { Plain: not null } ? start : 0, real, place,
                count);
        else for (var i = 0; i < count; i++) typed[place + i] = Fitting(items[i], typed.ElementType);
        return Values.Nothing;
    }

    /// <summary>A value for an array of a type, into which .NET copies nothing that is wider.</summary>
    static object? Fitting(object? item, Type type)
    {
        if (item is TypedArray row && row.Type == type) return item;
        if (item is TracedNumber number
            && (number.Type == Type.GetTypeCode(type) || (type == typeof(double) && Conversions.IsWhole(number.Type))))
            return Conversions.To(item, type);
        if (Values.HoldsOwn(item))
            throw new TraceRefusedException($"It copies {Text.Kind(item)} into an array of [{type.Name}]: convert it before");
        var one = Array.CreateInstance(type, 1);
        Array.Copy(new[] { item }, one, 1);
        return Values.Seen(one.GetValue(0));
    }

    /// <summary>[Array]::Fill, which takes only a value of the very type of the array: PowerShell is asked with others instead.</summary>
    static object Filled(TypedArray array, object?[] arguments)
    {
        var (value, count) = (arguments[1], array.Count);
        var alike = value is TracedNumber number ? Convert.ChangeType(0, number.Type, CultureInfo.InvariantCulture) : value;
        PlainScript.StaticCall(typeof(Array), "Fill", [Array.CreateInstance(array.ElementType, count), alike, .. arguments[2..]]);
        var start = arguments.Length > 2 ? Conversions.Concrete(arguments[2]) : 0;
        var end = arguments.Length > 2 ? start + Conversions.Concrete(arguments[3]) : count;
        for (var i = start; i < end; i++) array[i] = value;
        return Values.Nothing;
    }
}
