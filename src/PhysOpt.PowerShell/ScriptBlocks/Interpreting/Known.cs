using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>The commands of PowerShell that a recorded script may call.</summary>
internal static class Known
{
    delegate Sink Opening(Frame f, Arguments arguments, Sink next, bool hasInput);

    static readonly Dictionary<string, Opening> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ForEach-Object"] = ForEachObject.Open,
        ["Where-Object"] = WhereObject.Open,
        ["Measure-Object"] = MeasureObject.Open,
        ["Sort-Object"] = SortObject.Open,
        ["Select-Object"] = SelectObject.Open,
        ["Write-Output"] = WriteOutput,
        ["Out-Null"] = (_, _, next, _) => new Quiet(next),
        ["New-Object"] = NewObject,
        ["Set-StrictMode"] = StrictMode,
    };

    /// <summary>The sink that a command is.</summary>
    /// <exception cref="TraceRefusedException">It is none that can be recorded.</exception>
    internal static Sink Open(Frame f, string name, CommandInfo? command, Arguments arguments, Sink next, bool hasInput, Ast place)
    {
        if (command is null) throw new TraceRefusedException($"It calls {name}, which is not found", place.Extent);
        if (command.CommandType == CommandTypes.Cmdlet)
        {
            RefusePresets(f, command.Name);
            RefuseCommon(command, arguments);
            if (Commands.TryGetValue(command.Name, out var open)) return open(f, arguments, next, hasInput);
            if (CommandRules.IsTalking(command.Name)) return Talking(f, command.Name, next);
            if (CommandRules.IsPlain(command.Name)) return new Plain(command.Name, arguments, next, hasInput);
        }

        if (CommandRules.IsFickle(command.Name))
            throw new TraceRefusedException($"It calls {name}, which gives something else every time", place.Extent);
        throw new TraceRefusedException(CommandRules.InsteadOf(command.Name) is { } instead
            ? $"It calls {name}, which is not supported: {instead}"
            : $"It calls {name}, which is none of the commands that are supported: compute in the block what it gives", place.Extent);
    }

    /// <summary>Refuses the parameters that every cmdlet has, which set variables and decide what becomes of errors.</summary>
    static void RefuseCommon(CommandInfo command, Arguments arguments)
    {
        foreach (var (name, _, _, place) in arguments.Given)
        {
            if (name is null || !CommandRules.IsCommon(name, () => command.Parameters.Keys.Except(Cmdlet.CommonParameters))) continue;
            throw new TraceRefusedException($"It calls {command.Name} with -{name}, a common parameter, which is not supported: leave it "
                + "out, or assign the output to a variable", place?.Extent);
        }
    }

    /// <summary>A command that says something, unless the script itself has made it an error to do so.</summary>
    static Quiet Talking(Frame f, string name, Sink next)
    {
        if (CommandRules.PreferenceOf(name) is { } preference && f.Scope.TryRead(preference, out _))
        {
            throw new TraceRefusedException(
                $"It gives ${preference} a value and calls {name}, which is not supported: leave one of them out");
        }

        return new(next);
    }

    /// <summary>Refuses a command or advanced function whose parameters $PSDefaultParameterValues gives values.</summary>
    internal static void RefusePresets(Frame f, string name)
    {
        if (Values.OrNull(f.Scope.Read("PSDefaultParameterValues")) is not IDictionary { Count: > 0 } presets) return;
        foreach (var key in presets.Keys)
        {
            if (WildcardPattern.Get(Text.Of(key).Split(':')[0].Trim(), WildcardOptions.IgnoreCase).IsMatch(name))
                throw new TraceRefusedException($"It calls {name}, to which $PSDefaultParameterValues gives parameters");
        }
    }

    /// <summary>Refuses a command that PowerShell itself is asked to run a block that belongs to the script.</summary>
    internal static void RefuseBlocks(string name, IEnumerable<object?> arguments)
    {
        if (arguments.Any(HoldsBlock))
        {
            throw new TraceRefusedException($"It hands {name} a script block, which is not supported: "
                + "compute what it gives by ForEach-Object first, and name a property");
        }

        static bool HoldsBlock(object? value) => value is BlockValue or ScriptBlock
            || (value is IDictionary table ? table.Values.Cast<object?>().Any(HoldsBlock) : Values.List(value)?.Any(HoldsBlock) == true);
    }

    /// <summary>Strict mode stays on to the end of the walk: where it is turned off again more is refused than need be.</summary>
    static Quiet StrictMode(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        f.Recording.IsStrict |= !arguments.Bind("Set-StrictMode", ["Version"], ["Off"]).Has("Off");
        return new(next);
    }

    static Said WriteOutput(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        var bound = arguments.Bind("Write-Output", ["InputObject"], ["NoEnumerate"]);
        var isWhole = bound.Has("NoEnumerate");
        if (bound.Named.TryGetValue("InputObject", out var value)) bound.Positional.Insert(0, value);
        // several arguments are one list of them, of which the elements are put out and not theirs
        List<object?> values = bound.Positional is [_, _, ..] several && isWhole ? [several.ToArray()] : bound.Positional;
        return new Said(next, hasInput ? null : values, isWhole || values.Count > 1, isWhole);
    }

    static Said NewObject(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        var bound = arguments.Bind("New-Object", ["TypeName", "ArgumentList"], []);
        var name = Text.Of(bound.Get("TypeName", 0));
        if (!LanguagePrimitives.TryConvertTo<Type>(name, out var type))
            throw new TraceRefusedException($"It makes an object of the type {name}, which is not known");
        var given = bound.Get("ArgumentList", 1);
        if (bound.Positional.Count > 2) given = bound.Positional.Skip(1).ToArray();
        return new Said(next, [Methods.Static(f, type, "new", given is null ? [] : [.. Values.List(given) ?? [given]])], isWhole: true);
    }

    /// <summary>A command that puts out nothing.</summary>
    sealed class Quiet(Sink next) : Sink
    {
        internal override void Write(object? value)
        {
        }

        internal override void End() => next.End();
    }

    /// <summary>A command that hands on its arguments or input.</summary>
    sealed class Said(Sink next, IReadOnlyList<object?>? values, bool isWhole, bool isInputWhole = false) : Sink
    {
        internal override void Write(object? value)
        {
            if (isInputWhole) next.Write(value);
            else next.WriteAll(value);
        }

        internal override void End()
        {
            foreach (var value in values ?? [])
            {
                if (isWhole) next.Write(value);
                else next.WriteAll(value);
            }

            next.End();
        }
    }

    /// <summary>A command that gives the same for the same, called with plain values.</summary>
    sealed class Plain(string name, Arguments arguments, Sink next, bool hasInput) : Sink
    {
        readonly List<object?> input = [];

        internal override void Write(object? value) => input.Add(value);

        internal override void End()
        {
            var named = new Hashtable(StringComparer.OrdinalIgnoreCase);
            var positional = new List<object?>();
            for (var i = 0; i < arguments.Given.Count; i++)
            {
                var (parameter, value, hasValue, _) = arguments.Given[i];
                if (parameter is null) positional.Add(value);
                else if (hasValue) named[parameter] = value;
                else if (i + 1 < arguments.Given.Count && arguments.Given[i + 1].Name is null
                    && TakesValue(parameter)) named[parameter] = arguments.Given[++i].Value;
                else named[parameter] = true;
            }

            RefuseBlocks(name, [.. positional, .. named.Values.Cast<object?>()]);
            if (Values.HoldsTraced(input.ToArray()) || Values.HoldsTraced(positional.ToArray()) || Values.HoldsTraced(named))
                throw new TraceRefusedException($"{name} cannot work on traced numbers");
            foreach (var each in PlainScript.Command(name, positional, named, hasInput ? input : null)) next.Write(each);
            next.End();
        }

        bool TakesValue(string parameter)
        {
            var meta = PlainScript.ParametersOf(name);
            return meta.Where(each => each.Key.StartsWith(parameter, StringComparison.OrdinalIgnoreCase)).OrderBy(each => each.Key.Length)
                .Select(each => each.Value != typeof(SwitchParameter)).FirstOrDefault();
        }
    }
}

/// <summary>A command has all the objects that it wants: those before it stop.</summary>
/// <param name="command">The command.</param>
internal sealed class PipelineCut(SelectObject.Selecting command) : Exception
{
    internal SelectObject.Selecting Command => command;
}
