using System.Collections;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <content>Indexes, properties and methods.</content>
internal static partial class Syntax
{
    static Evaluation Index(IndexExpressionAst ast)
    {
        var index = Of(ast.Index);
        var areListed = ast.Index is ArrayLiteralAst { Elements.Count: > 1 };
        return OfTarget(ast.Target, ast, (f, target) =>
        {
            var at = index(f);
            f.Recording.At(ast);
            return f.Strictly(Indexing.Get(f, target, at, areListed), ast);
        });
    }

    static Evaluation Member(MemberExpressionAst ast)
    {
        var name = MemberName(ast.Member);
        if (ast.Static)
        {
            return f =>
            {
                var (type, member) = (TypeIn(f, ast.Expression), name(f));
                f.Recording.At(ast);
                if (TypeRules.Obstacle(type, member, null) is { } obstacle) throw new TraceRefusedException(obstacle, ast.Extent);
                return Members.GetStatic(type, member);
            };
        }

        if (ast.Member is not StringConstantExpressionAst)
        {
            var named = Of((ExpressionAst)ast.Member);
            return OfTarget(ast.Expression, ast, (f, target) =>
            {
                var key = Values.OrNull(named(f));
                f.Recording.At(ast);
                return f.Strictly(Members.IsKey(target, key) ? Members.OfKey((IDictionary)target!, key!)
                    : Members.Get(target, MemberName(key)), ast);
            });
        }

        return OfTarget(ast.Expression, ast, (f, target) =>
        {
            var member = name(f);
            f.Recording.At(ast);
            return f.Strictly(Members.Get(target, member), ast);
        });
    }

    static Evaluation Invoke(InvokeMemberExpressionAst ast)
    {
        var name = MemberName(ast.Member);
        Evaluation[] arguments = [.. (ast.Arguments ?? Enumerable.Empty<ExpressionAst>()).Select(Of)];
        if (ast.GetType().GetProperty("GenericTypeArguments")?.GetValue(ast) is System.Collections.ICollection { Count: > 0 })
            return f => throw new TraceRefusedException("It calls a method with type arguments", ast.Extent);
        var casts = Casts(ast);
        if (ast.Static)
        {
            return f =>
            {
                var (type, member) = (TypeIn(f, ast.Expression), name(f));
                var given = Evaluated(f, arguments);
                f.Recording.At(ast);
                return MathFunctions.Knows(type) ? MathFunctions.Call(type, member, given, casts())
                    : Methods.Static(f, type, member, given, casts());
            };
        }

        return OfTarget(ast.Expression, ast, (f, target) =>
        {
            var member = name(f);
            var given = Evaluated(f, arguments);
            f.Recording.At(ast);
            return Methods.Call(f, Values.OrNull(target), member, given, casts());
        });
    }

    /// <summary>The casts of a call, which are looked up once, when it is walked first; null where there are none.</summary>
    static Func<CallCasts?> Casts(InvokeMemberExpressionAst ast)
    {
        ConvertExpressionAst?[] casts = [CastOf(ast.Expression), .. (ast.Arguments ?? Enumerable.Empty<ExpressionAst>()).Select(CastOf)];
        if (casts.All(cast => cast is null)) return () => null;
        CallCasts? known = null;
        return () => known ??= Known();

        CallCasts Known()
        {
            Type?[] types = [.. casts.Select(cast => cast?.Type.TypeName.GetReflectionType() is null ? null
                : TypeOf(cast.Type.TypeName, cast))];
            return new(types[0], types[1..]);
        }
    }

    static ConvertExpressionAst? CastOf(ExpressionAst ast) => ast switch
    {
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst { Expression: var inner }] } } =>
            CastOf(inner),
        ConvertExpressionAst cast => Members.Is(cast.Type.TypeName.Name, "ref") ? CastOf(cast.Child) : cast,
        AttributedExpressionAst attributed => CastOf(attributed.Child),
        _ => null,
    };

    /// <summary>What is asked of a target; $null of one that is $null, where a ? stands before.</summary>
    static Evaluation OfTarget(ExpressionAst target, Ast ast, Func<Frame, object?, object?> ask)
    {
        var from = Of(target);
        if (!Has(ast, "NullConditional")) return f => ask(f, from(f));
        return f => from(f) is var value && Values.OrNull(value) is null ? null : ask(f, value);
    }

    static object?[] Evaluated(Frame f, Evaluation[] arguments)
    {
        if (arguments.Length == 0) return [];
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Values.OrNull(arguments[i](f));
        return values;
    }

    static Func<Frame, string> MemberName(CommandElementAst member)
    {
        if (member is StringConstantExpressionAst { Value: var constant }) return _ => constant;
        var name = Of((ExpressionAst)member);
        return f => MemberName(name(f));
    }

    static string MemberName(object? value) => Values.HoldsTraced(value) ? throw Text.Used() : Text.Of(value);

    static Type TypeIn(Frame f, ExpressionAst ast)
    {
        if (ast is TypeExpressionAst type) return TypeOf(type.TypeName, ast);
        return Of(ast)(f) is var value && value is Type found ? found
            : throw new TraceRefusedException($"{ast.Extent.Text} is no type", ast.Extent);
    }

    /// <summary>A place that can be read and written.</summary>
    sealed class Place(Func<object?> get, Action<object?> set)
    {
        internal object? Get() => get();

        internal void Set(object? value) => set(value);
    }

    /// <summary>What an assignment or ++ writes to; the parts of it that are expressions are evaluated once.</summary>
    /// <param name="ast">The target.</param>
    /// <param name="isOwn">Whether a variable is read only where this very scope has it, as += and its kin do.</param>
    static Func<Frame, Place> Target(ExpressionAst ast, bool isOwn = false)
    {
        string? name = null;
        switch (ast)
        {
            case VariableExpressionAst variable:
                name = Writable(variable, out var refusal);
                if (name is null) return f => throw new TraceRefusedException(refusal!, ast.Extent);
                return f => new(() => Read(f), value => f.Scope.Write(name, value));
            case ConvertExpressionAst { Child: VariableExpressionAst variable } typed:
                name = Writable(variable, out refusal);
                if (name is null) return f => throw new TraceRefusedException(refusal!, ast.Extent);
                return f =>
                {
                    var type = TypeOf(typed.Type.TypeName, typed);
                    return new(() => Read(f), value => f.Scope.Write(name, value, type));
                };
            case ConvertExpressionAst typed:
                var inner = Target(typed.Child, isOwn);
                return f =>
                {
                    var (place, type) = (inner(f), TypeOf(typed.Type.TypeName, typed));
                    return new(place.Get, value => place.Set(Conversions.To(value, type)));
                };
            case IndexExpressionAst index:
                var (from, at) = (Of(index.Target), Of(index.Index));
                return f =>
                {
                    var (target, key) = (Values.OrNull(from(f)), at(f));
                    f.Recording.At(ast);
                    return new(() => Indexing.Get(f, target, key), value => Indexing.Set(f, target, key, value));
                };
            case MemberExpressionAst { Static: false } owned and not InvokeMemberExpressionAst:
                var (owner, property) = (Of(owned.Expression), owned.Member is StringConstantExpressionAst { Value: var fixedName }
                    ? Constant(fixedName) : Of((ExpressionAst)owned.Member));
                return f =>
                {
                    var (target, key) = (Values.OrNull(owner(f)), Values.OrNull(property(f)));
                    f.Recording.At(ast);
                    if (Members.IsKey(target, key) && target is IDictionary table)
                        return new(() => Members.OfKey(table, key!), value => Members.SetKey(f, table, key!, value));
                    var member = MemberName(key);
                    return new(() => Members.Get(target, member), value => Members.Set(f, target, member, value));
                };
            case ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst element] } }:
                return Target(element.Expression, isOwn);
            case ArrayLiteralAst list:
                Func<Frame, Place>[] targets = [.. list.Elements.Select(each => Target(each))];
                return f => new(() => throw new TraceRefusedException("It computes with several variables at once", ast.Extent), value =>
                {
                    var items = Values.List(Values.OrNull(value)) ?? [value];
                    for (var i = 0; i < targets.Length; i++)
                    {
                        var isRest = i == targets.Length - 1 && items.Count > targets.Length;
                        targets[i](f).Set(isRest ? items.Skip(i).ToArray() : i < items.Count ? Values.Seen(items[i]) : null);
                    }
                });
            case AttributedExpressionAst checkedAst:
                return f => throw new TraceRefusedException($"It has a variable checked by {checkedAst.Attribute.Extent.Text}, which is "
                    + "not supported: check it in the block", ast.Extent);
            default:
                return f => throw new TraceRefusedException($"It changes {ast.Extent.Text}, which is no variable of its own", ast.Extent);
        }

        object? Read(Frame f) => isOwn && !f.IsDotted ? f.Scope.ReadLocal(name!) : f.Scope.Read(name!);
    }

    /// <summary>
    /// Whether += reads a variable only where its own scope has it. PowerShell gives code that it compiles as a whole places of its own for
    /// what it assigns to; not where a dot or the default of a parameter may bring other variables in.
    /// </summary>
    static bool HasOwnPlaces(Ast ast)
    {
        for (var part = ast; part is not null; part = part.Parent)
        {
            if (part is ParameterAst) return false;
            if (part is ScriptBlockAst block) return WithoutDots.GetValue(block, static each => new(each.Find(
                command => command is CommandAst { InvocationOperator: TokenKind.Dot }, searchNestedScriptBlocks: false) is null)).Value;
        }

        return true;
    }

    static readonly ConditionalWeakTable<ScriptBlockAst, StrongBox<bool>> WithoutDots = [];

    static string? Writable(VariableExpressionAst variable, out string? refusal)
    {
        var path = variable.VariablePath;
        var name = VariableName.Of(variable);
        var isOwn = !path.IsDriveQualified && !path.IsGlobal && !path.IsScript && !path.IsPrivate && !VariableName.IsFixed(name);
        refusal = isOwn ? null : path.IsPrivate ? $"It hides ${path.UserPath} from the functions that it calls"
            : VariableName.IsFixed(name) ? $"It gives ${name} a value, which PowerShell does not allow"
            : $"It changes ${path.UserPath}, which lives on after the call";
        return isOwn ? name.Equals("PSItem", StringComparison.OrdinalIgnoreCase) ? "_" : name : null;
    }
}
