using System.Collections;
using System.Management.Automation;
using System.Reflection;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>ForEach-Object: its blocks run in the scope of the caller, with $_.</summary>
internal static class ForEachObject
{
    internal static Sink Open(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        var bound = arguments.Bind("ForEach-Object",
            ["Process", "Begin", "End", "MemberName", "ArgumentList", "RemainingScripts", "InputObject"], []);
        if (!hasInput) throw new TraceRefusedException("It calls ForEach-Object without input");
        if (bound.Named.ContainsKey("InputObject") || bound.Named.ContainsKey("RemainingScripts"))
            throw new TraceRefusedException("It calls ForEach-Object in a way that is not known");
        if (bound.Get("MemberName", 0) is string name)
            return new OfMember(f, name, bound.Named.ContainsKey("ArgumentList") ? Values.List(bound.Get("ArgumentList"))
                ?? [bound.Get("ArgumentList")]
                : bound.Positional.Skip(bound.Named.ContainsKey("MemberName") ? 0 : 1).ToArray(), next);
        var blocks = bound.Positional.SelectMany(each => Values.List(each) ?? [each]).Select(each => each as BlockValue
            ?? throw new TraceRefusedException("ForEach-Object is given something else than blocks")).ToList();
        var begin = bound.Get("Begin") as BlockValue;
        var end = bound.Get("End") as BlockValue;
        if (begin is null && blocks.Count > 1 && !bound.Named.ContainsKey("Process"))
        {
            begin = blocks[0];
            blocks.RemoveAt(0);
        }

        if (end is null && blocks.Count > 1)
        {
            end = blocks[^1];
            blocks.RemoveAt(blocks.Count - 1);
        }

        if (bound.Named.TryGetValue("Process", out var process))
            blocks.AddRange((Values.List(process) ?? [process]).OfType<BlockValue>());
        return new OfBlocks(f, begin, blocks, end, next);
    }

    /// <summary>Runs a block with $_, in the scope of whoever runs it or in one of its own.</summary>
    internal static void Run(Frame f, BlockValue block, object? item, Sink output, bool hasOwnScope = false)
    {
        if (block.Captured is not null || f.ScopeIn(block.SurroundingsIn(f.Scope.Surroundings)) is not { } scope)
            throw new TraceRefusedException("It hands a command a block that has variables of its own");
        // called by a module, it sees the variables of whoever called that
        f = hasOwnScope ? f.Calling(new(scope, scope.Surroundings)) : f.Dotted(scope);
        using var kept = f.Scope.Keep("_");
        f.Scope.Write("_", item);
        if (Body.Of(block.Syntax).Inline(f, output) is Flow.Break or Flow.Continue)
            throw new TraceRefusedException("It runs into a break or continue that belongs to no loop of its own", block.Syntax.Extent);
    }

    sealed class OfBlocks(Frame f, BlockValue? begin, List<BlockValue> blocks, BlockValue? end, Sink next) : Sink
    {
        bool hasBegun;

        internal override void Begin()
        {
            if (hasBegun) return;
            hasBegun = true;
            if (begin is not null) Run(f, begin, null, next);
        }

        internal override void Write(object? value)
        {
            Begin();
            foreach (var block in blocks) Run(f, block, value, next);
        }

        internal override void End()
        {
            Begin();
            if (end is not null) Run(f, end, null, next);
            next.End();
        }
    }

    const BindingFlags Members = BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance;

    sealed class OfMember(Frame f, string name, IReadOnlyList<object?> arguments, Sink next) : Sink
    {
        internal override void Write(object? value)
        {
            if (arguments.Count > 0) next.WriteAll(Methods.Call(f, value, name, [.. arguments]));
            else if ((value is Tracing.TracedNumber && !IsSize) || PlainMethod(value)) next.WriteAll(Methods.Call(f, value, name, []));
            else if (Values.HoldsOwn(value)) next.WriteAll(f.Strictly(Property(value), f.Recording.Place!));
            else
            {
                foreach (var each in PlainScript.Command("ForEach-Object", [name], new Hashtable(), [value]))
                    next.Write(f.Strictly(each, f.Recording.Place!));
            }
        }

        bool IsSize => name.ToUpperInvariant() is "COUNT" or "LENGTH";

        /// <summary>A property that the object itself has: no count of what is no list, and none of the elements of a list.</summary>
        object? Property(object? value)
        {
            var isThere = value switch
            {
                Tracing.TracedNumber => false,
                TracedText or BlockValue => true, // which is refused
                IDictionary table => table.Contains(name) || !Interpreting.Members.Is(name, "Length"),
                PSObject custom => custom.Properties[name] is not null,
                TypedArray or Array => IsSize || name.ToUpperInvariant() is "RANK" or "LONGLENGTH",
                NumberList => Interpreting.Members.Is(name, "Count"),
                _ => PSObject.AsPSObject(value!).Properties[name] is not null,
            };
            return isThere ? Interpreting.Members.Get(value, name) : null;
        }

        internal override void End() => next.End();

        bool PlainMethod(object? value) => value is not null and not IDictionary
            && value.GetType().GetProperty(name, Members) is null
            && value.GetType().GetMethods().Any(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                && method.GetParameters().Length == 0);
    }
}
