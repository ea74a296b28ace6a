/**
 * Keeps the page alive while the browser translates it. A translator moves text nodes into elements of its own, so that
 * React's `removeChild` and `insertBefore` would throw for nodes that are no longer where React has put them
 * (facebook/react#11538).
 */
export function guardAgainstTranslators(): void {
  const prototype = Node.prototype;
  const removeChild: (this: Node, child: Node) => Node = Reflect.get(prototype, "removeChild");
  const insertBefore: (this: Node, child: Node, next: Node | null) => Node = Reflect.get(prototype, "insertBefore");
  prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    if (child.parentNode === this) removeChild.call(this, child);
    else child.parentNode?.removeChild(child);
    return child;
  };
  prototype.insertBefore = function <Child extends Node>(this: Node, child: Child, next: Node | null): Child {
    insertBefore.call(this, child, next?.parentNode === this ? next : null);
    return child;
  };
}
