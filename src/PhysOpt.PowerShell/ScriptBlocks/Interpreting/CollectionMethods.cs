using PhysOpt.PowerShell.ScriptBlocks.Reading;

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
            case ("COPYTO", 2) when arguments[0] is TypedArray or object[]:
                return Copied(array, 0, arguments[0]!, Conversions.Concrete(arguments[1]), array.Count);
            case ("TOSTRING", 0):
                return array.Type.ToString();
        }

        return array.Plain is null
            ? throw new TraceRefusedException($"The method {name} of an array with traced numbers cannot be recorded") : null;
    }

    /// <summary>list.name(arguments); null where PowerShell itself is to be asked.</summary>
    internal static object? OfList(NumberList list, string name, object?[] arguments)
    {
        var items = list.Items;
        object? To(object? value) => Conversions.To(value, list.ElementType);
        IEnumerable<object?> All(object? values) =>
            (Values.Elements(values) ?? new[] { values }).Cast<object?>().Select(each => To(Values.Seen(each))).ToArray();
        int At(int place) => Conversions.Concrete(arguments[place]);
        switch (name.ToUpperInvariant(), arguments.Length)
        {
            case ("ADD", 1): items.Add(To(arguments[0])); break;
            case ("ADDRANGE", 1): items.AddRange(All(arguments[0])); break;
            case ("INSERT", 2): items.Insert(At(0), To(arguments[1])); break;
            case ("INSERTRANGE", 2): items.InsertRange(At(0), All(arguments[1])); break;
            case ("REMOVEAT", 1): items.RemoveAt(At(0)); break;
            case ("REMOVERANGE", 2): items.RemoveRange(At(0), At(1)); break;
            case ("CLEAR", 0): items.Clear(); break;
            case ("REVERSE", 0): items.Reverse(); break;
            case ("REVERSE", 2): items.Reverse(At(0), At(1)); break;
            case ("SORT", 0): Comparison.Sort(items); break;
            case ("TRIMEXCESS", 0): break;
            case ("TOARRAY", 0): return TypedArray.Of(list.ElementType, [.. items]);
            case ("GET_ITEM", 1): return items[At(0)];
            case ("SET_ITEM", 2): items[At(0)] = To(arguments[1]); break;
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
            case ("COPY", [TypedArray or object?[], _, TypedArray or object?[], _, _]):
                return Copied(arguments[0]!, Conversions.Concrete(arguments[1]), arguments[2]!, Conversions.Concrete(arguments[3]),
                    Conversions.Concrete(arguments[4]));
            case ("REVERSE" or "CLEAR" or "SORT", [TypedArray { Plain: null } array]):
                return Rearranged(name, array, 0, array.Count);
            case ("REVERSE" or "CLEAR", [TypedArray { Plain: null } array, _, _]):
                return Rearranged(name, array, Conversions.Concrete(arguments[1]), Conversions.Concrete(arguments[2]));
            case ("FILL", [TypedArray array, var value]):
                for (var i = 0; i < array.Count; i++) array[i] = Conversions.To(value, array.ElementType);
                return Values.Nothing;
            case ("FILL", [object?[] list, var value]):
                Array.Fill(list, value);
                return Values.Nothing;
            case ("SORT", [object?[] list]) when Values.HoldsTraced(list):
                Comparison.Sort(list);
                return Values.Nothing;
            case ("REVERSE", [object?[] list]):
                Array.Reverse(list);
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

    static object Copied(object from, int start, object to, int place, int count)
    {
        var source = Values.List(from)!;
        if (start < 0 || place < 0 || count < 0 || start + count > source.Count)
            throw new ArgumentException("Source array was not long enough.");
        object?[] items = [.. source.Skip(start).Take(count)];
        if (to is TypedArray typed)
        {
            if (place + count > typed.Count) throw new ArgumentException("Destination array was not long enough.");
            for (var i = 0; i < count; i++) typed[place + i] = Conversions.To(items[i], typed.ElementType);
        }
        else
        {
            Array.Copy(items, 0, (object?[])to, place, count);
        }

        return Values.Nothing;
    }
}
