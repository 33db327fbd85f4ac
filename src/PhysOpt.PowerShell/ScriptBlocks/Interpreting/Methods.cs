using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// Calls of methods: of plain values by PowerShell itself; with traced numbers those of collections, which only keep them.
/// </summary>
internal static class Methods
{
    /// <summary>
    /// Methods of collections that do not compare: others do so in their own way, in which a traced number is not the double that it
    /// stands for.
    /// </summary>
    static readonly HashSet<string> Keeping = new(StringComparer.OrdinalIgnoreCase)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "AddBefore", "AddAfter", "Append", "Insert", "InsertRange", "SetRange", "SetItem",
        "RemoveAt", "RemoveRange", "RemoveFirst", "RemoveLast", "Clear", "Push", "PushRange", "Pop", "Peek", "TryPop", "TryPeek", "Enqueue",
        "Dequeue", "TryDequeue", "ToArray", "Clone", "GetEnumerator", "MoveNext", "Reset", "Dispose", "Reverse", "GetRange", "CopyTo",
        "Item", "GetByIndex", "SetByIndex", "GetKeyAtIndex", "GetValueAtIndex", "SetAt", "GetAt", "GetKey", "TryGetValue", "ContainsKey",
        "TryAdd", "TrimExcess", "TrimToSize", "EnsureCapacity", "GetValue", "SetValue", "GetLength", "GetLongLength", "GetUpperBound",
        "GetLowerBound", "ToString", "AsReadOnly", "Move", "Sort", // sorting is refused for a reason of its own
    };

    static readonly HashSet<string> Reading = new(StringComparer.OrdinalIgnoreCase)
    {
        "GetLength", "GetLongLength", "GetUpperBound", "GetLowerBound", "GetValue", "Contains", "ContainsKey", "IndexOf", "ToArray",
        "Clone", "Item", "get_Item", "GetEnumerator", "Where", "ForEach", "GetType", "ToString", "Equals", "Invoke", "InvokeReturnAsIs",
        "GetNewClosure", "TryGetValue",
        "GetRange", "Peek", "ContainsValue", "LastIndexOf", "BinarySearch", "Exists", "Find", "CompareTo", "Split", "Trim", "AsSpan",
    };

    /// <summary>target.name(arguments).</summary>
    /// <exception cref="TraceRefusedException">It cannot be recorded.</exception>
    internal static object? Call(Frame f, object? target, string name, object?[] arguments, CallCasts? casts = null)
    {
        if (target is BlockValue block && OfBlock(f, block, name, arguments) is { } result) return result;
        if (arguments is [BlockValue condition, ..] && (Is(name, "ForEach") || Is(name, "Where")) && target is not null)
        {
            if (Is(name, "ForEach") && (target is NumberList || HasOwnForEach(target)))
                throw new TraceRefusedException("It calls the method ForEach that lists of .NET have: use foreach or ForEach-Object");
            return Over(f, target, name, condition, arguments);
        }

        RefuseBlocks(arguments);
        if (arguments is [Type to] && Is(name, "ForEach") && Values.Elements(target) is { } each)
            return new Collection<object?>([.. each.Cast<object?>().Select(item => Conversions.To(Values.Seen(item), to))]);
        if (Is(name, "GetType") && arguments.Length == 0 && target is not null) return Conversions.TypeOfValue(target);
        var holder = target is null or ValueType or string or TracedNumber or Vector or Matrix or Field ? null
            : Indexing.HolderOf(f, target);
        if (holder is not null && !Reading.Contains(name))
            throw new TraceRefusedException($"It calls {name} of ${holder}, which may change what lives on after the call");
        Handing.Check(f, target, name, arguments);
        switch (target)
        {
            case TracedNumber or TracedText when Is(name, "ToString"):
                return new TracedText(Text.Of(target));
            case TracedNumber number when Is(name, "CompareTo") && arguments is [TracedNumber or double]:
                return Comparison.Order(number, arguments[0]);
            case TracedNumber number when Is(name, "Equals") && arguments is [TracedNumber { Type: TypeCode.Double } or double]
                && number.Type == TypeCode.Double:
                return Comparison.AreEqual(number, arguments[0]!)
                    || (Comparison.IsNaN(number, isGuard: true) && Comparison.IsNaN(arguments[0]!, isGuard: true));
            case TracedText:
                throw Text.Used();
            case TracedNumber:
                throw new TraceRefusedException($"It calls the method {name} of {Text.Kind(target)}");
            case TypedArray array when CollectionMethods.OfArray(array, name, arguments) is { } found:
                return found;
            case NumberList list when CollectionMethods.OfList(list, name, arguments) is { } found:
                return found;
            case Field when Values.HoldsTraced(target) || Values.HoldsTraced(arguments):
                return RawCall.Instance(target, name, [.. arguments.Select(AsList)]);
            case null:
                return PlainScript.Call(null, name, arguments, casts);
        }

        if (target is IDictionary && arguments is [TracedNumber key, ..] && !name.EndsWith("Value", StringComparison.OrdinalIgnoreCase))
            arguments[0] = TableKeys.Of(key);
        if (IsComparing(target, name) && !IsByKey(target, name, arguments) && (Values.HoldsTraced(target) || Values.HoldsTraced(arguments)))
            throw new TraceRefusedException($"The method {name} compares in its own way; use -eq, -contains or another operator");
        if (Ordered.IsTrap(target, name, arguments))
            throw Ordered.Refusal(target.GetType());
        if (Is(name, "CopyTo") && arguments.Length is >= 1 and <= 4 && IsContainer(target))
        {
            return (!Values.HoldsOwn(target) && arguments.Any(each => each is TypedArray { Plain: not null })
                ? Handing.Instance(target, name, arguments, casts) : CollectionMethods.CopiedTo(target, arguments))
                ?? throw new TraceRefusedException("It copies a collection to something else than an array: use foreach");
        }

        if (!IsContainer(target) || (!Values.HoldsOwn(target) && !Values.HoldsOwn(arguments))
            || (Conversions.IsOfNumbers(target.GetType()) && !Values.HoldsTraced(arguments)))
        {
            return Values.HoldsTraced(target) || Values.HoldsTraced(arguments)
                ? throw new TraceRefusedException($"The method {name} of {Text.Kind(target)} is one of .NET that cannot be recorded")
                : Handing.Instance(target, name, arguments, casts);
        }

        if (Is(name, "Sort") && Values.HoldsTraced(target))
            throw new TraceRefusedException("The method Sort cannot sort traced numbers; use Sort-Object or List[double]");
        if (Values.HoldsTraced(arguments)) Conversions.RefuseOfNumbers(target.GetType());
        var isOfMany = name.EndsWith("Range", StringComparison.OrdinalIgnoreCase);
        if ((Is(name, "AddRange") || Is(name, "InsertRange")) && target is List<object?> or ArrayList
            && arguments is [.., TypedArray or NumberList or TracedNumber]) // which not every list takes
            PlainScript.Call(Activator.CreateInstance(target.GetType()), name, [.. arguments.Select((each, i) => i == 0 && each is int ? 0
                : Lists.Sample(each))]);
        return RawCall.Instance(target, name, isOfMany ? [.. arguments.Select(AsList)] : arguments);
    }

    /// <summary>[type]::name(arguments).</summary>
    /// <exception cref="TraceRefusedException">It cannot be recorded.</exception>
    internal static object? Static(Frame f, Type type, string name, object?[] arguments, CallCasts? casts = null)
    {
        RefuseBlocks(arguments);
        Handing.Check(f, type, name, arguments);
        if (Is(name, "new") && New(type, arguments) is { } made) return made;
        if (type == typeof(Array) && CollectionMethods.OfArrayClass(name, arguments) is { } moved) return moved;
        var isOurs = type.FullName!.StartsWith("PhysOpt.", StringComparison.Ordinal);
        if (Values.HoldsTraced(arguments))
        {
            if (isOurs) return RawCall.Static(type, name, [.. arguments.Select(AsList)]);
            if (type == typeof(Convert) && arguments is [TracedNumber number] && Converted(name) is { } to)
                return Conversions.To(number, to);
            if (type == typeof(string)) return OfStrings(name, arguments);
            if (Is(name, "new") && IsContainer(type))
            {
                Conversions.RefuseOfNumbers(type);
                if (Ordered.Is(type)) throw Ordered.Refusal(type);
                if (arguments is [TracedNumber] && type.GetConstructor([typeof(int)]) is not null)
                    throw new TraceRefusedException($"It gives a {type.Name.Split('`')[0]} room for a traced number of elements: "
                        + "leave it out");
                if (arguments is [TypedArray or NumberList]) PlainScript.StaticCall(type, "new", [Lists.Sample(arguments[0])]);
                return RawCall.Static(type, name, [.. arguments.Select(AsList)]);
            }

            if (type == typeof(Tuple) || type == typeof(ValueTuple)) return RawCall.Static(type, name, arguments);
            throw new TraceRefusedException($"[{type.Name}]::{name} is a method of .NET that cannot be recorded");
        }

        if (TypeRules.Obstacle(type, name, arguments.Length) is { } obstacle) throw new TraceRefusedException(obstacle);
        return isOurs && Values.HoldsOwn(arguments) ? RawCall.Static(type, name, [.. arguments.Select(AsList)])
            : Handing.Static(type, name, arguments, casts);
    }

    /// <summary>Arrays and lists that may come to hold traced numbers; null for other types.</summary>
    static object? New(Type type, object?[] arguments)
    {
        if (type.IsArray && arguments.Length == type.GetArrayRank() && arguments.Length > 0)
        {
            int[] lengths = [.. arguments.Select(Conversions.Concrete)];
            return Values.Seen(Array.CreateInstance(type.GetElementType()!, lengths));
        }

        if (Conversions.ElementOfList(type) is not { } element) return null;
        var list = new NumberList(element);
        if (arguments is [var given] && Values.Elements(given) is not null)
            list.Items.AddRange(Lists.Taken(given, element, sample => PlainScript.StaticCall(type, "new", [sample])));
        else if (arguments.Length > 0)
            _ = Conversions.Concrete(arguments[0]); // its capacity
        return list;
    }

    static object? OfBlock(Frame f, BlockValue block, string name, object?[] arguments)
    {
        switch (name.ToUpperInvariant())
        {
            case "INVOKE":
                return new Collection<object?>(Functions.Call(f, block, Spread()).Items);
            case "INVOKERETURNASIS":
                return Functions.Call(f, block, Spread()).Value;
            case "GETNEWCLOSURE":
                var captured = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
                foreach (var (variable, value) in f.Scope.All) captured[variable] = value;
                return new BlockValue(block.Syntax, captured, block.Block, f.Scope.Surroundings);
            case "TOSTRING":
                return block.Syntax.Extent.Text.Trim('{', '}');
            case "GETTYPE":
                return typeof(ScriptBlock);
            default:
                throw new TraceRefusedException($"It calls {name} of a script block, which cannot be looked into");
        }

        // PowerShell spreads an array of objects over the arguments
        object?[] Spread() => arguments switch
        {
            [object?[] all] => all,
            [TypedArray { ElementType.IsValueType: false, Rank: 1 } all] => [.. all],
            _ => arguments,
        };
    }

    /// <summary>.ForEach({ }) and .Where({ }) of a list: the block runs in the scope of the caller, with $_.</summary>
    static object Over(Frame f, object target, string name, BlockValue block, object?[] arguments)
    {
        var found = new List<object?>();
        if (arguments.Length > 1 && !Is(name, "ForEach")
            && !(arguments is [_, string or WhereOperatorSelectionMode, ..] && !Values.HoldsTraced(arguments)))
            throw new TraceRefusedException($"The method {name} is called in a way that is not known");
        if (arguments.Length > 1 && Is(name, "ForEach"))
            throw new TraceRefusedException("The method ForEach is called in a way that is not known");
        var mode = arguments.Length > 1 ? LanguagePrimitives.ConvertTo<WhereOperatorSelectionMode>(arguments[1])
            : WhereOperatorSelectionMode.Default;
        var most = arguments.Length > 2 ? Conversions.Concrete(arguments[2]) : 0;
        if (most < 0) throw new TraceRefusedException("The method Where is given a negative number of elements");
        if (most == 0) most = mode == WhereOperatorSelectionMode.Default ? int.MaxValue : 1;
        if (mode is WhereOperatorSelectionMode.Split or WhereOperatorSelectionMode.Until or WhereOperatorSelectionMode.SkipUntil)
            return Parted(f, target, block, mode, arguments.Length > 2 ? Conversions.Concrete(arguments[2]) : 0);
        foreach (var each in Values.Elements(target) ?? new[] { target })
        {
            var item = Values.Seen(each);
            var output = new Collected();
            ForEachObject.Run(f, block, item, output);
            if (Is(name, "ForEach")) found.AddRange(output.Items);
            else if (Truth.Of(output.Value)) found.Add(item);
            if (!Is(name, "ForEach") && mode != WhereOperatorSelectionMode.Last && found.Count == most) break;
        }

        if (mode == WhereOperatorSelectionMode.Last && found.Count > most) found.RemoveRange(0, found.Count - most);
        return new Collection<object?>(found);
    }

    /// <summary>.Where({ }) that ends, begins or parts a list where the block is true: what comes after that is not asked.</summary>
    static object Parted(Frame f, object target, BlockValue block, WhereOperatorSelectionMode mode, int most)
    {
        var (found, others, isFound) = (new Collection<object?>(), new Collection<object?>(), false);
        foreach (var each in Values.Elements(target) ?? new[] { target })
        {
            var item = Values.Seen(each);
            var isFull = most > 0 && found.Count == most;
            if (isFull && mode != WhereOperatorSelectionMode.Split) break;
            var answer = new Collected();
            if (!isFull && !(isFound && mode == WhereOperatorSelectionMode.SkipUntil)) ForEachObject.Run(f, block, item, answer);
            isFound = !isFull && ((isFound && mode == WhereOperatorSelectionMode.SkipUntil) || Truth.Of(answer.Value));
            if (isFound && mode == WhereOperatorSelectionMode.Until) break;
            if (isFound != (mode == WhereOperatorSelectionMode.Until)) found.Add(item);
            else if (mode == WhereOperatorSelectionMode.Split) others.Add(item);
        }

        return mode == WhereOperatorSelectionMode.Split ? new object?[] { found, others } : found;
    }

    static object OfStrings(string name, object?[] arguments) => name.ToUpperInvariant() switch
    {
        "FORMAT" => Text.Formatted(arguments[0], arguments is [_, object?[] all] ? all : arguments[1..])!,
        "CONCAT" => new TracedText(string.Concat(Spread(arguments).Select(Text.Of))),
        "JOIN" => new TracedText(string.Join(Text.Of(arguments[0]), Spread(arguments[1..]).Select(Text.Of))),
        _ => throw Text.Used(),
    };

    /// <summary>The only argument's elements where it is a list, as methods with "params" take it.</summary>
    static IEnumerable<object?> Spread(object?[] arguments) => arguments is [var only] && Values.List(only) is { } list ? list : arguments;

    static bool HasOwnForEach(object target) =>
        target.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(List<>);

    static Type? Converted(string name) => name.ToUpperInvariant() switch
    {
        "TODOUBLE" => typeof(double),
        "TOINT32" => typeof(int),
        "TOINT64" => typeof(long),
        "TOBOOLEAN" => typeof(bool),
        "TODECIMAL" => typeof(decimal),
        "TOSTRING" => typeof(string),
        _ => null,
    };

    /// <summary>An array or list for code that takes a collection.</summary>
    static object? AsList(object? value) => value is TypedArray or NumberList ? Values.List(value)!.ToArray() : value;

    /// <summary>True for methods that are not known to leave values uncompared.</summary>
    static bool IsComparing(object target, string name) => IsContainer(target)
        ? !Keeping.Contains(name) && !name.StartsWith("get_", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("set_", StringComparison.OrdinalIgnoreCase)
        : Is(name, "Equals") || Is(name, "CompareTo");

    static bool IsByKey(object target, string name, object?[] arguments) => target is IDictionary && arguments.Length > 0
        && !Values.HoldsTraced(arguments[0])
        && (Is(name, "Remove") || Is(name, "Contains"));

    static bool IsContainer(object value) => value is object?[] || IsContainer(value.GetType());

    static bool IsContainer(Type type) => type.FullName!.StartsWith("System.Collections.", StringComparison.Ordinal)
        || type.FullName.StartsWith("System.Tuple", StringComparison.Ordinal);

    static bool Is(string name, string other) => Members.Is(name, other);

    static void RefuseBlocks(object?[] arguments)
    {
        if (arguments.Any(argument => argument is BlockValue))
            throw new TraceRefusedException("It hands a script block to .NET, where it cannot be followed");
    }
}
